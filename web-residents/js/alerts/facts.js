// What an alert says beside its text: what to do, since when and until when, from whom, whom to ask.

import { html, nothing } from '../../vendor/lit-html.js';
import { now } from '../../sw/clock.js';
import { moment } from '../shell/times.js';
import { sentAt, subject } from './labels.js';
import { linked } from './linked.js';
import { ending } from './reading.js';

/** What people are to do, in the language of the text. @param {{language: string} & import('./reading.js').Text} text */
export const instruction = ({ instruction: text, language }, { words }, signed = false) =>
  text
    ? html`<section class="panel alert__instruction" aria-labelledby="instruction-title">
        <h2 class="govuk-heading-m" id="instruction-title">${words('alert.instruction')}</h2>
        <p class="govuk-body alert__lines" id="instruction" lang=${language}>${signed ? linked(text) : text}</p>
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

/** @returns {[string, unknown][]} what it is, and what is said; what an alert lacks is left out */
function rows(alert, town, app) {
  const { label, language, words } = app;
  const time = (value) => value && moment(value, language);
  const holding = holds(alert);
  const read = (kind, value) => value && label(kind, value);
  const field = (name) => label('fact', name);
  return [
    [field('event'), subject(alert, app)],
    [words('alert.from'), alert.ok && town.name],
    [field('source'), alert.source],
    [words('alert.sent'), alert.sent && sentAt(alert, app)],
    [field('event_ends'), end(alert, holding, app)],
    [words('alert.expires'), time(alert.expires)],
    [field('next_info'), holding && time(alert.next_info)],
    [field('response'), read('response', alert.response)],
    [field('urgency'), read('urgency', alert.urgency)],
    [field('certainty'), read('certainty', alert.certainty)],
    [field('contact'), alert.contact && contactLink(alert.contact)],
  ];
}

export const facts = (alert, town, app) => html`<dl class="alert__facts">
  ${rows(alert, town, app).map(([name, value]) => (value ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : nothing))}
</dl>`;

/** That the information which was promised has not come; only of the newest message. */
export function late(alert, isNewest, { words, language }) {
  if (!isNewest || !alert.next_info || !holds(alert) || Date.parse(alert.next_info) > now()) return nothing;
  return html`<p class="panel panel--warn" id="late">${words('alert.late', { time: moment(alert.next_info, language) })}</p>`;
}
