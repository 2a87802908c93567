// Who may stand in: the agreement of two admins, and one button that begins it.

import { html, nothing } from '../../vendor/lit-html.js';
import * as api from '../api/people.js';
import { locale, t } from '../i18n/index.js';
import { field, submitButton, textarea } from '../shell/fields.js';
import { goTo } from '../shell/places.js';
import { formatTime } from '../time/warsaw.js';

/** @typedef {import('./page.js').PeoplePage} Page */
/** @typedef {import('../api/people.js').StandIn} StandIn */

const button = (id, label, click, kind = 'govuk-button--secondary') =>
  html`<button type="button" class="govuk-button ${kind}" id=${id} @click=${click}>${label}</button>`;

/** @param {StandIn} one */
function standing(one) {
  if (one.late) return t('standIn.late');
  if (one.runs) return t('standIn.runs', { ends: formatTime(one.ends ?? '', locale()) });
  return one.by2 ? t('standIn.ready') : t('standIn.waits');
}

const line = (name, value) => html`<div class="govuk-summary-list__row">
  <dt class="govuk-summary-list__key">${name}</dt>
  <dd class="govuk-summary-list__value">${value}</dd>
</div>`;

/** @param {StandIn} one @param {unknown} [buttons] */
const card = (one, buttons = nothing) => html`<dl class="govuk-summary-list">
    ${line(t('standIn.who'), html`${one.name}: ${one.people.map(({ name }) => name).join(', ')}`)}
    ${line(t('standIn.for'), one.municipality)} ${line(t('standIn.now'), standing(one))}
  </dl>
  <div class="button-row">${buttons}</div>`;

/** @param {Page} page @param {StandIn} one */
const beginOrEnd = (page, one) =>
  one.runs
    ? button(`end-${one.terc}`, t('standIn.end'), () => page.end(one))
    : button(`begin-${one.terc}`, t('standIn.begin'), () => page.begin(one), '');

/** @param {Page} page @param {StandIn} one */
const confirmed = (page, one) =>
  one.may_confirm ? button('confirm-stand-in', t('people.confirm'), () => page.stepOf(() => api.confirmStandIn(one), 'standIn.confirmed'), '') : nothing;

/** @param {Page} page @param {StandIn} one */
const dissolved = (page, one) =>
  one.runs ? nothing : button('dissolve', t('standIn.dissolve'), () => page.stepOf(() => api.dissolve(one), 'standIn.dissolved'));

/** @param {Page} page @param {StandIn} one */
const own = (page, one) => card(one, page.admin ? html`${one.by2 ? beginOrEnd(page, one) : confirmed(page, one)} ${dissolved(page, one)}` : nothing);

/** An agreement that is there is replaced: the form of another one is folded. @param {Page} page */
function form(page) {
  const { own: before } = page.standIns;
  if (!page.admin || before?.runs) return nothing;
  return html`<details class="govuk-details">
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">${t(before ? 'standIn.another' : 'standIn.new')}</span>
    </summary>
    <form class="govuk-details__text" novalidate @submit=${page.propose}>
      ${field({ id: 'stand-in-name', label: t('standIn.name'), hint: t('standIn.name.hint'), input: page.input('stand-in-name') })}
      ${textarea({ id: 'stand-in-people', label: t('standIn.people'), hint: t('standIn.people.hint'), rows: 3, input: page.input('stand-in-people') })}
      ${submitButton(t(before ? 'standIn.replace' : 'standIn.propose'), page.busy)}
    </form>
  </details>`;
}

/** Where the caller may stand in; while it runs, the way there. @param {Page} page @param {StandIn} one */
function mine(page, one) {
  const there = one.runs && page.session.me.terc !== one.terc;
  const enter = there ? button(`enter-${one.terc}`, t('standIn.enter', { name: one.municipality }), () => goTo(one.terc), '') : nothing;
  return card(one, one.by2 ? html`${enter} ${beginOrEnd(page, one)}` : nothing);
}

/** @param {Page} page */
export const standInPart = (page) => html`
  ${page.admin ? html`<h2 class="govuk-heading-m">${t('standIn.title')}</h2>` : nothing}
  <p class="govuk-body">${t('standIn.intro')}</p>
  ${page.standIns.own ? own(page, page.standIns.own) : nothing}
  ${page.standIns.own || page.session.me.on_behalf ? nothing : html`<p class="govuk-body">${t('standIn.none')}</p>`} ${form(page)}
  ${page.standIns.naming.length
    ? html`<h2 class="govuk-heading-m">${t('standIn.mine')}</h2>
        ${page.standIns.naming.map((one) => mine(page, one))}`
    : nothing}
`;
