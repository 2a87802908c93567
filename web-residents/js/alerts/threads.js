// Messages about one case, folded to the newest.

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

export const members = ({ newest, older }) => [newest, ...older];

const newerFirst = (a, b) => b.version - a.version || Date.parse(b.sent) - Date.parse(a.sent);
