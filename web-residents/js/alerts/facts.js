// What an alert says beside its text: what to do, since when and until when, from whom, whom to ask.

import { html, nothing } from '../../vendor/lit-html.js';
import { moment } from '../shell/times.js';
import { subject } from './labels.js';
import { ending } from './reading.js';

/** What people are to do, in the language of the text. @param {{language: string} & import('./reading.js').Text} text */
export const instruction = ({ instruction: text, language }, { words }) =>
  text
    ? html`<section class="panel alert__instruction" aria-labelledby="instruction-title">
        <h2 class="govuk-heading-m" id="instruction-title">${words('alert.instruction')}</h2>
        <p class="govuk-body alert__lines" id="instruction" lang=${language}>${text}</p>
      </section>`
    : nothing;

const holds = (alert) => ending(alert) === null;

/** While it holds: when it will be over, as far as anybody knows. */
function end({ event, event_ends: ends, group }, holding, { words, language }) {
  if (ends) return moment(ends, language);
  return holding && event && group === 'warning' ? words('alert.notKnown') : null;
}

const TELEPHONE = /^\+?[\d ()-]+$/;

/** Something to tap: the API lets through a telephone number, an e-mail address or an https address. */
function contactLink(contact) {
  if (TELEPHONE.test(contact)) return html`<a class="govuk-link" href="tel:${contact.replace(/[^\d+]/g, '')}">${contact}</a>`;
  if (/^https:\/\//.test(contact)) return html`<a class="govuk-link alert-link" href=${contact} rel="noopener noreferrer">${contact}</a>`;
  return /^[^@\s]+@[^@\s]+$/.test(contact) ? html`<a class="govuk-link alert-link" href="mailto:${contact}">${contact}</a>` : contact;
}

/** @returns {[string, unknown][]} keys of the words, and what is said; what an alert lacks is left out */
function rows(alert, town, app) {
  const { label, language } = app;
  const time = (value) => value && moment(value, language);
  const holding = holds(alert);
  const read = (kind, value) => value && label(kind, value);
  return [
    ['alert.event', subject(alert, app)],
    ['alert.from', alert.ok && town.name],
    ['alert.source', alert.source],
    ['alert.sent', time(alert.sent)],
    ['alert.event_ends', end(alert, holding, app)],
    ['alert.expires', time(alert.expires)],
    ['alert.next_info', holding && time(alert.next_info)],
    ['alert.response', read('response', alert.response)],
    ['alert.urgency', read('urgency', alert.urgency)],
    ['alert.certainty', read('certainty', alert.certainty)],
    ['alert.contact', alert.contact && contactLink(alert.contact)],
  ];
}

export const facts = (alert, town, app) => html`<dl class="alert__facts">
  ${rows(alert, town, app).map(([key, value]) => (value ? html`<div><dt>${app.words(key)}</dt><dd>${value}</dd></div>` : nothing))}
</dl>`;

/** That the information which was promised has not come; only of the newest message. */
export function late(alert, isNewest, { words, language }) {
  if (!isNewest || !alert.next_info || !holds(alert) || Date.parse(alert.next_info) > Date.now()) return nothing;
  return html`<p class="panel panel--warn" id="late">${words('alert.late', { time: moment(alert.next_info, language) })}</p>`;
}
