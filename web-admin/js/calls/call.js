// One call: what it asks for, whom it was told to and how that went, and "I have it".

import { html, nothing } from '../../vendor/lit-html.js';
import { locale, t } from '../i18n/index.js';
import { formatTime } from '../time/warsaw.js';
import { known, whatOf } from './words.js';

const at = (time) => formatTime(time, locale());

const told = ({ name, way, at: time, outcome }) =>
  html`<li>${at(time)}: ${name}, ${known(`calls.way.${way}`, 'calls.way.other')}, ${known(`calls.outcome.${outcome}`, 'calls.outcome.other')}</li>`;

/** @param {import('../api/calls.js').Call} call */
const ending = ({ acknowledged, by, ended, why }) => {
  if (acknowledged) return t(by ? 'calls.acknowledged.by' : 'calls.acknowledged', { time: at(acknowledged), name: by });
  return ended ? t('calls.over', { time: at(ended), why: known(`calls.why.${why}`, 'calls.why.other') }) : '';
};

/**
 * @param {import('../api/calls.js').Call} call
 * @param {{acknowledge?: (call: import('../api/calls.js').Call) => void}} does `acknowledge`: whether the caller may say it
 */
export const callCard = (call, { acknowledge } = {}) => html`<li class="person ${call.ended ? '' : 'person--waiting'}" data-call=${call.id}>
  <h3 class="govuk-heading-s person__name">
    ${call.alert
      ? html`<a class="govuk-link" href="/alerts/${call.alert}">${t('calls.alert', { number: call.number })}</a>`
      : t('calls.call', { number: call.number })}
  </h3>
  <p class="person__about">
    <strong>${whatOf(call)}</strong>
    ${call.exercise ? html`<span class="person__mark">${t('calls.exercise')}</span>` : nothing}
    <span>${t('calls.since', { time: at(call.since) })}</span>
    ${call.mine && !call.ended ? html`<span class="person__mark">${t('calls.mine')}</span>` : nothing}
  </p>
  ${call.deaf ? html`<p class="govuk-error-message" role="alert">${t('calls.deaf')}</p>` : nothing}
  ${ending(call) ? html`<p class="govuk-body">${ending(call)}</p>` : nothing}
  ${call.told.length
    ? html`<details class="govuk-details">
        <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t('calls.told', { count: call.told.length })}</span></summary>
        <div class="govuk-details__text"><ul class="govuk-list govuk-list--bullet">${call.told.map(told)}</ul></div>
      </details>`
    : nothing}
  ${acknowledge && !call.ended && !call.acknowledged
    ? html`<button type="button" class="govuk-button" @click=${() => acknowledge(call)}>
        ${t(call.kind === 'drill' ? 'calls.drill.done' : 'calls.acknowledge')}<span class="govuk-visually-hidden">: ${call.number}</span>
      </button>`
    : nothing}
</li>`;

/** A drill is answered by its number, which only its SMS and its mail say. */
export const hiddenDrill = () => html`<li class="person person--waiting" id="own-drill">
  <h3 class="govuk-heading-s person__name">${t('calls.kind.drill')}</h3>
  <p class="govuk-body">${t('calls.drill.type')}</p>
</li>`;
