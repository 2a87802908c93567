// An alert's severity, kind and end as people read them: always a word; icon and colour come on top.

import { html, nothing, svg } from '../../vendor/lit-html.js';
import { moment } from '../shell/times.js';
import { endingWithin, mayGoOn, textIn } from './reading.js';

const SHAPES = {
  Extreme: svg`<path d="M6.5 1h7L19 6.5v7L13.5 19h-7L1 13.5v-7Z" /><path class="severity__sign" d="M10 5v6M10 14.5v.5" />`,
  Severe: svg`<path d="M10 1.5 19.5 18.5H.5Z" /><path class="severity__sign" d="M10 7.5v5M10 15.5v.5" />`,
  Moderate: svg`<path d="M10 .5 19.5 10 10 19.5.5 10Z" /><path class="severity__sign" d="M10 5.5v5M10 13.5v.5" />`,
  Minor: svg`<circle cx="10" cy="10" r="9" /><path class="severity__sign" d="M10 9v5M10 5.5v.5" />`,
};

/** One of a later release has its word alone; an all-clear has none: how grave it was is no danger any more. */
export const severityMark = ({ kind, severity }, { label }) =>
  severity && kind !== 'all_clear'
    ? html`<span class="severity severity--${severity.toLowerCase()}">
        ${SHAPES[severity] ? html`<svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">${SHAPES[severity]}</svg>` : nothing}
        ${label('severity', severity)}
      </span>`
    : nothing;

/** "Failure: no water": the category with the kind of hazard, when one is named. @param {import('./reading.js').Alert} alert */
export const subject = ({ category, event }, { label }) =>
  [...(category ? [label('category', category)] : []), ...(event ? [label('hazard', event)] : [])].join(': ');

/** Stands wherever an alert is named: nobody may take an exercise for the real thing. */
export const exerciseMark = ({ exercise }, { words }) =>
  exercise ? html`<strong class="mark mark--exercise">${words('alert.exercise')}</strong>` : nothing;

/** What it is in its thread; for the first message nothing. */
export const kindMark = (alert, app) =>
  alert.kind && alert.kind !== 'alert' ? html`<strong class="mark mark--${alert.kind}">${kindName(alert, app)}</strong>` : nothing;

/** A failure is mended, a danger over. @param {{kind: string, group?: string | null}} alert @param {any} app */
export const kindName = ({ kind, group }, { label, words }) => (kind === 'all_clear' && group === 'failure' ? words('alert.mended') : label('kind', kind || 'alert'));

/**
 * Its title wherever it stands alone: in a sentence, in the browser's tab, handed on. Beside a mark it needs none.
 * @param {any} alert @param {any} app @param {boolean} [alone]
 * @returns {{language: string, title: string}}
 */
export function titled(alert, app, alone = true) {
  const { title, language } = textIn(alert, app.language);
  const marked = alone && alert.exercise && !/^(ĆWICZENIE|EXERCISE|НАВЧАННЯ)/.test(title); // as pushes begin
  return { language, title: marked ? app.words('alert.exercise.titled', { title }) : title };
}

export const unverifiedMark = ({ ok }, { words }) =>
  ok ? nothing : html`<strong class="mark mark--bad">${words('alerts.unverified')}</strong>`;

/** When it was sent, and when it should have been. */
export function sentAt({ sent, meant_for: due }, { words, language }) {
  const late = due ? ` (${words('alert.sentLate', { time: moment(due, language) })})` : '';
  return moment(sent, language) + late;
}

/** When it was sent and, once it is over, when it ended. @param {any} alert @param {any} app @param {any} [newest] of its thread */
export function timesOf(alert, app, newest = alert) {
  const { words, language } = app;
  const sent = words('alert.sentAt', { time: sentAt(alert, app) });
  const how = endingWithin(alert, newest);
  const when = moment((how === 'cancelled' && alert.cancelled) || alert.expires, language);
  if (!how || (how === 'superseded' && newest !== alert)) return sent; // in a thread it is said by what
  const over = `${sent}. ${words(`alert.ended.${how}`, { time: when })}`;
  return mayGoOn(alert, how) ? `${over}. ${words('alert.unsure')}` : over;
}
