// One alert with its thread; without a network from the phone's memory, at worst as its push told it. Until the server answers,
// the push's text is there: who taps a notification need not wait.

import { askAlert, keepAlert, keptAlert, keptList, keptTercs } from '../session/answers.js';
import { threadWithin } from './joining.js';
import { onPushed, pushed, pushedAlert } from './pushed.js';
import { watchAnswers } from './town.js';

const PATIENCE = 1_500; // ms; a slow network takes ten seconds to be given up

/**
 * @typedef {{state: "found", alert: import('./reading.js').Alert, thread: import('./reading.js').Alert[], town: import('./town.js').Town}
 *   | {state: "pushed", alert: import('./reading.js').Alert, newer: import('./reading.js').Alert | null} | {state: "missing" | "offline"}} Found
 *   `thread`: the messages about the same case, newest first, this one among them
 */

/**
 * @param {string} id
 * @param {(found: Found) => void} changed
 * @returns {() => void} ends it
 */
export function watchAlert(id, changed) {
  let told = false;
  let closed = false;
  let town = /** @type {import('./town.js').Town | null} */ (null);
  let came = /** @type {import('./reading.js').Alert[]} */ ([]); // by push, the newest of each thread
  const tell = (heard) => {
    town = heard;
    const alert = heard.alerts.find((one) => one.id === id);
    if (!alert || closed) return;
    told = true;
    changed({ state: 'found', alert, thread: threadOf(alert, heard.alerts, came), town: heard });
  };
  const readPushed = async () => {
    came = await pushed();
    if (town && came.length) tell(town);
  };
  const instead = async (found) => {
    const [alert] = await Promise.all([pushedAlert(id), readPushed()]);
    if (closed || told || !(alert || found)) return;
    changed(alert ? { state: 'pushed', alert, newer: newerOf(alert, came) } : found);
  };
  const stopPushed = onPushed(readPushed);
  readPushed().catch(console.error);
  const unanswered = (error) => instead({ state: error.missing ? 'missing' : 'offline' }).catch(console.error);
  const early = setTimeout(instead, PATIENCE);
  const stop = watchAnswers({ ask: () => askAlert(id), recall: () => recall(id), keep: (answer) => keepAlert(id, answer) }, tell, unanswered);
  return () => {
    closed = true;
    clearTimeout(early);
    stopPushed();
    stop();
  };
}

/** From the last answer about it, or a list that has it, whichever is newer. */
async function recall(id) {
  const lists = await Promise.all((await keptTercs()).map(keptList));
  const within = lists.map((list) => list && threadWithin(list, id));
  const found = /** @type {import('../session/answers.js').Kept[]} */ ([await keptAlert(id), ...within].filter(Boolean));
  return found.sort((a, b) => b.made - a.made)[0] ?? null;
}

/** What is not verified is in no thread but its own, and in nobody else's. */
function threadOf(alert, alerts, came) {
  if (!alert.ok) return [alert];
  const same = alerts.filter(({ ok, thread }) => ok && thread === alert.thread);
  same.sort((a, b) => b.version - a.version || Date.parse(b.sent) - Date.parse(a.sent));
  const newer = newerOf(same[0], came);
  return newer ? [newer, ...same] : same;
}

/** What came by push since then, while the site, or the phone's memory of it, does not have it yet. */
const newerOf = ({ thread, version }, came) => came.find((push) => push.thread === thread && push.version > version) ?? null;
