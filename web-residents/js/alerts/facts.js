// What an alert says beside its text: what to do, since when and until when, from whom, whom to ask.

import { html, nothing } from '../../vendor/lit-html.js';
import { now } from '../../sw/clock.js';
import { moment } from '../shell/times.js';
import { sentAt, subject } from './labels.js';
import { call } from './office.js';
import { linked } from '../shell/linked.js';
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
  return holding && event && group && group !== 'event' ? words('alert.notKnown') : null;
}

const TELEPHONE = /^\+?[\d ()-]+$/;

/** Something to tap: the API lets through a telephone number, an e-mail address or an https address. */
function contactLink(contact) {
  if (TELEPHONE.test(contact)) return call(contact);
  if (/^https:\/\//.test(contact)) return html`<a class="govuk-link alert-link" href=${contact} rel="noopener noreferrer">${contact}</a>`;
  return /^[^@\s]+@[^@\s]+$/.test(contact) ? html`<a class="govuk-link alert-link" href="mailto:${contact}">${contact}</a>` : contact;
}

/** Until when the message counts, which is not when the event ends. */
const counts = ({ expires }, holding, { words, language }) =>
  html`${moment(expires, language)}${holding ? html`<br /><span class="alerts__facts">${words('alert.expires.note')}</span>` : nothing}`;

/** @returns {[string, unknown][]} what it is, and what is said; what an alert lacks is left out */
function rows(alert, town, app, phone) {
  const { label, language, words } = app;
  const time = (value) => value && moment(value, language);
  const holding = holds(alert);
  const read = (kind, value) => value && label(kind, value);
  const field = (name) => label('fact', name);
  return [
    [field('event'), subject(alert, app)],
    [words('alert.from'), alert.ok && town.name],
    [field('on_behalf'), alert.on_behalf],
    [field('source'), alert.source],
    [words('alert.sent'), alert.sent && sentAt(alert, app)],
    [field('event_ends'), end(alert, holding, app)],
    [field('next_info'), holding && time(alert.next_info)],
    [field('response'), read('response', alert.response)],
    [field('urgency'), read('urgency', alert.urgency)],
    [field('certainty'), read('certainty', alert.certainty)],
    [field('contact'), alert.contact && contactLink(alert.contact)],
    [words('alert.office'), phone && call(phone)],
    [words('alert.expires'), counts(alert, holding, app)],
  ];
}

/** @param {string | null} phone of the office */
export const facts = (alert, town, app, phone) => html`<dl class="alert__facts">
  ${rows(alert, town, app, phone).map(([name, value]) => (value ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : nothing))}
</dl>`;

/** That the information which was promised has not come; only of the newest message. */
export function late(alert, isNewest, app) {
  const told = isNewest && promised(alert, app);
  return told ? html`<p class="panel panel--warn" id="late">${told}</p>` : nothing;
}

/** @returns {string} empty while nothing is late */
export function promised(alert, { words, language }) {
  if (!alert.next_info || !holds(alert) || Date.parse(alert.next_info) > now()) return '';
  return words('alert.late', { time: moment(alert.next_info, language) });
}
