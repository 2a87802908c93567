// Whether whoever would be called reacts: the office's readiness, and one's own drill.

import { html, nothing } from '../../vendor/lit-html.js';
import { word } from '../api/vocabulary.js';
import { locale, t } from '../i18n/index.js';
import { formatTime } from '../time/warsaw.js';

const day = (time) => formatTime(time, locale(), { dateStyle: 'long' });

const person = ({ name, ready, until }) => html`<li>
  ${name}: ${ready ? t('calls.ready.until', { day: day(until) }) : html`<strong>${t('calls.ready.owes')}</strong>`}
</li>`;

const own = ({ ready, seconds, last }) => {
  if (!last) return t('calls.own.never');
  return t(ready ? 'calls.own.ready' : 'calls.own.late', { count: seconds, day: day(last) });
};

/**
 * @param {import('../api/calls.js').Readiness} readiness
 * @param {{mayBegin: boolean, mayBeginAll: boolean, busy: boolean, begin: (everybody: boolean) => void}} does
 */
export const readinessOf = (readiness, { mayBegin, mayBeginAll, busy, begin }) => html`<section aria-labelledby="readiness">
  <h2 class="govuk-heading-m" id="readiness" tabindex="-1">${t('calls.ready')}</h2>
  <p class=${readiness.enough ? 'govuk-body' : 'govuk-error-message'} id="office-ready">
    ${t('calls.ready.count', { count: readiness.ready })} ${readiness.enough ? nothing : t('calls.ready.red')}
  </p>
  <ul class="govuk-list">
    ${readiness.roles.map(({ role, ready, of }) => html`<li>${t('calls.ready.role', { role: word('roles', role).label, ready, of })}</li>`)}
  </ul>
  ${readiness.people.length
    ? html`<details class="govuk-details" ?open=${!readiness.enough}>
        <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t('calls.ready.who')}</span></summary>
        <div class="govuk-details__text"><ul class="govuk-list">${readiness.people.map(person)}</ul></div>
      </details>`
    : nothing}
  ${readiness.own ? html`<p class="govuk-body" id="own-ready">${own(readiness.own)}</p>` : nothing}
  <p class="govuk-body">${t('calls.ready.itself')}</p>
  <div class="button-row">
    ${mayBegin && readiness.own ? button('drill-own', 'calls.drill.own', busy, () => begin(false)) : nothing}
    ${mayBeginAll ? button('drill-all', 'calls.drill.all', busy, () => begin(true)) : nothing}
  </div>
</section>`;

const button = (id, key, busy, click) =>
  html`<button type="button" class="govuk-button govuk-button--secondary" id=${id} aria-disabled=${busy ? 'true' : nothing} @click=${click}>${t(key)}</button>`;
