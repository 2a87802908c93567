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

const SEVERITIES = vocabulary.severities.map(({ value }) => value); // the gravest first; one of a later release is before them

/** The gravest first, of equals what can be believed; exercises and what is all clear come behind. @param {Thread} a @param {Thread} b */
export const byUrgency = (a, b) => urgency(a.newest) - urgency(b.newest);

function urgency({ ok, kind, exercise, severity }) {
  const rank = kind === 'all_clear' ? 5 : exercise ? 4 : SEVERITIES.indexOf(severity);
  return ok ? rank : rank + 0.5;
}

export const members = ({ newest, older }) => [newest, ...older];

const newerFirst = (a, b) => b.version - a.version || Date.parse(b.sent) - Date.parse(a.sent);
