// What an alert says, where and when, and who did what.

import { html, nothing } from '../../vendor/lit-html.js';
import { label, severityMark } from '../alerts/labels.js';
import { details as detailsOf } from '../alerts/steps.js';
import { fieldNamed, fields, firstLanguage, word, words } from '../api/vocabulary.js';
import { language, locale, t } from '../i18n/index.js';
import { formatTime } from '../time/warsaw.js';
import { duration } from './duration.js';

const row = (key, value) =>
  value
    ? html`<div class="govuk-summary-list__row">
        <dt class="govuk-summary-list__key">${key}</dt>
        <dd class="govuk-summary-list__value">${value}</dd>
      </div>`
    : nothing;

const time = (value) => (value ? formatTime(value, locale()) : null);

/** Fields that say more than their value. */
const SHOWN = {
  severity: ({ severity }) => severityMark(severity),
  exercise: ({ exercise }) => (exercise ? t('fact.exercise.yes') : null),
  send_at: ({ send_at: at }) => time(at) ?? t('fact.sendNow'),
  sound_at: ({ sound_at: at }) => (at ? t('fact.soundLater', { time: time(at) }) : null),
  event_ends: ({ event_ends: at }) => time(at) ?? t('fact.notKnown'),
};

/** Shown beside the facts, not among them. */
const APART = ['texts', 'area'];

/** By the type that the API gives a field, so that one of a later release is shown too. */
const BY_TYPE = {
  word: (value, { words: kind }) => label(kind, value),
  line: (value) => value,
  contact: (value) => value,
  paragraphs: (value) => html`<span class="lines">${value}</span>`,
  time,
  flag: () => t('fact.yes'),
};

function shown(field, alert) {
  const { name, type } = field;
  if (SHOWN[name]) return SHOWN[name](alert);
  return alert[name] && BY_TYPE[type] ? BY_TYPE[type](alert[name], field) : null;
}

const content = (alert) =>
  fields()
    .filter(({ name }) => !APART.includes(name))
    .map((field) => row(field.label, shown(field, alert)));

/** Its moment has long been over when it began: residents are told so, too. */
export const began = ({ started, meant_for: due }) => (started && due ? t('fact.startedLate', { time: time(started), due: time(due) }) : time(started));

/** From noticing to sending: asked once, and shown to staff alone. */
const noticed = ({ noticed: at, started }) => {
  if (!at) return nothing;
  const seconds = started ? (Date.parse(started) - Date.parse(at)) / 1000 : 0;
  return html`${row(t('fact.noticed'), time(at))} ${seconds > 0 ? row(t('fact.noticedToSent'), duration(seconds)) : nothing}`;
};

/** How it ended is called as its state is. */
const end = ({ finished, state }) => (finished ? row(word('states', state).label, time(finished)) : nothing);

export const facts = (alert) => html`<dl class="govuk-summary-list">
  ${content(alert)} ${noticed(alert)} ${row(t('fact.started'), began(alert))} ${end(alert)}
  ${row(t('fact.author'), alert.author?.name)} ${row(t('fact.approver'), alert.approver?.name)}
</dl>`;

/** The language that every alert has comes first: it is the one that most residents see. */
export function inOrder(texts) {
  const order = words('languages').map(({ value }) => value);
  const place = (code) => (code === firstLanguage() ? -1 : order.indexOf(code) + 1 || order.length + 1);
  return Object.entries(texts).sort(([one], [other]) => place(one) - place(other));
}

const pushEnd = (carried) =>
  carried === null || carried === undefined
    ? nothing
    : html`<p class="govuk-hint counter" lang=${language()}>${t('counter.push.cut', { count: carried })}</p>`;

const instruction = (text) =>
  text.instruction
    ? html`<p class="message__part" lang=${language()}>${fieldNamed('instruction', fieldNamed('texts').parts).label}</p>
        <p class="message__body">${text.instruction}</p>`
    : nothing;

export const texts = (alert) =>
  inOrder(alert.texts).map(
    ([code, text]) => html`<div class="message" lang=${code}>
      <p class="message__language" lang=${language()}>${label('languages', code)}</p>
      <p class="message__title">${text.title || t('list.untitled')}</p>
      <p class="message__body">${text.body ?? ''}</p>
      ${pushEnd(alert.carried?.push?.[code])} ${instruction(text)}
    </div>`,
  );

const entry = ({ action, at, by, state, details = {} }) => html`<li>
  <span class="history__what">${label('steps', action)}</span>
  <span class="history__who">${by?.name ?? t('history.system')}</span>
  <span class="history__when">${formatTime(at, locale(), { dateStyle: 'medium', timeStyle: 'medium' })}</span>
  <span class="history__state">${label('states', state)}</span>
  ${detailsOf(details).map((more) => html`<span class="history__details">${more}</span>`)}
</li>`;

/** @param {any[] | null} entries null when they could not be read */
export const history = (entries) =>
  entries
    ? html`<ol class="history">${entries.map(entry)}</ol>`
    : html`<p class="govuk-hint">${t('history.unavailable')}</p>`;
