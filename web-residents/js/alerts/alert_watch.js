// One alert with its thread; without a network from the phone's memory, at worst as its push told it. Until the server answers,
// the push's text is there: who taps a notification need not wait.

import { askAlert, keepAlert, keptAlert, keptList, keptTercs } from '../session/answers.js';
import { threadWithin } from './joining.js';
import { pushedAlert } from './pushed.js';
import { watchAnswers } from './town.js';

const PATIENCE = 1_500; // ms; a slow network takes ten seconds to be given up

/**
 * @typedef {{state: "found", alert: import('./reading.js').Alert, thread: import('./reading.js').Alert[], town: import('./town.js').Town}
 *   | {state: "pushed", alert: import('./reading.js').Alert} | {state: "missing" | "offline"}} Found
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
  const tell = (town) => {
    const alert = town.alerts.find((one) => one.id === id);
    if (!alert) return;
    told = true;
    changed({ state: 'found', alert, thread: threadOf(alert, town.alerts), town });
  };
  const instead = async (found) => {
    const pushed = await pushedAlert(id);
    if (!closed && !told && (pushed || found)) changed(pushed ? { state: 'pushed', alert: pushed } : found);
  };
  const unanswered = (error) => instead({ state: error.missing ? 'missing' : 'offline' }).catch(console.error);
  const early = setTimeout(instead, PATIENCE);
  const stop = watchAnswers({ ask: () => askAlert(id), recall: () => recall(id), keep: (answer) => keepAlert(id, answer) }, tell, unanswered);
  return () => {
    closed = true;
    clearTimeout(early);
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
function threadOf(alert, alerts) {
  if (!alert.ok) return [alert];
  const same = alerts.filter(({ ok, thread }) => ok && thread === alert.thread);
  return same.sort((a, b) => b.version - a.version || Date.parse(b.sent) - Date.parse(a.sent));
}
