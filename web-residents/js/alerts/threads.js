// Messages about one case, folded to the newest.

import vocabulary from '../../vendor/vocabulary.js';

/** @typedef {{key: string, newest: import('./reading.js').Alert, older: import('./reading.js').Alert[]}} Thread */

/**
 * What is not verified stands alone: a forged all-clear must not hide a true warning.
 * @param {import('./reading.js').Alert[]} alerts
 * @returns {Thread[]} the one with the latest message first
 */
export function folded(alerts) {
  const threads = new Map();
  for (const alert of [...alerts].sort(newerFirst)) {
    const key = alert.ok ? `${alert.terc}/${alert.thread}` : alert.id;
    const thread = threads.get(key);
    if (thread) thread.older.push(alert);
    else threads.set(key, { key, newest: alert, older: [] });
  }
  return [...threads.values()].sort((a, b) => Date.parse(b.newest.sent) - Date.parse(a.newest.sent));
}

/**
 * With what came by push since: the site, or the phone's memory of it, does not have it yet, and what it replaced is in force no more.
 * @param {Thread} thread
 * @param {Thread[]} alone of what is known by its push alone
 * @returns {Thread}
 */
export function topped(thread, alone) {
  const { newest } = thread;
  const later = alone.map((one) => one.newest).find((push) => newest.ok && push.thread === newest.thread && push.version > newest.version);
  return later ? { ...thread, newest: later, older: members(thread) } : thread;
}

const SEVERITIES = vocabulary.severities.map(({ value }) => value); // the gravest first; one of a later release is before them

/** The gravest first, of equals what can be believed; exercises, what is all clear and what concerns me no more come behind. @param {Thread} a @param {Thread} b */
export const byUrgency = (a, b) => urgency(a) - urgency(b);

/** None of my places is meant any more. @param {Thread & {past?: unknown[], places?: unknown[]}} thread */
export const isPast = ({ past = [], places = [] }) => past.length > 0 && !places.length;

function urgency(thread) {
  const { ok, kind, exercise, severity } = thread.newest;
  const rank = kind === 'all_clear' || isPast(thread) ? 5 : exercise ? 4 : SEVERITIES.indexOf(severity);
  return ok ? rank : rank + 0.5;
}

export const members = ({ newest, older }) => [newest, ...older];

const newerFirst = (a, b) => b.version - a.version || Date.parse(b.sent) - Date.parse(a.sent);
