// One alert with its thread, live; without a network from the phone's memory, at worst as its push told it. Until the
// server answers, the push's text is there: who taps a notification need not wait.

import { doc, onSnapshot } from '../../vendor/firebase.js';
import { pushedAlert } from './pushed.js';
import { watchThread } from './town.js';

const PATIENCE = 1_500; // ms; a slow network takes ten seconds to be given up

/**
 * @typedef {{state: "found", alert: import('./reading.js').Alert, thread: import('./reading.js').Alert[], town: import('./town.js').Town}
 *   | {state: "pushed", alert: import('./reading.js').Alert} | {state: "missing" | "offline"}} Found
 *   `thread`: the messages about the same case, newest first, this one among them
 */

/**
 * @param {any} db
 * @param {string} id
 * @param {(found: Found) => void} changed
 * @param {(error: Error) => void} failed
 * @returns {() => void} ends it
 */
export function watchAlert(db, id, changed, failed) {
  let watched = '';
  let stopThread = () => {};
  let closed = false;
  let told = false;

  const follow = ({ terc, thread }) => {
    if (watched === `${terc}/${thread}`) return;
    stopThread();
    watched = `${terc}/${thread}`;
    stopThread = watchThread(db, { terc, thread }, tell, failed);
  };
  const tell = (town) => {
    const alert = town.alerts.find((one) => one.id === id);
    if (!alert) return;
    told = true;
    changed({ state: 'found', alert, thread: threadOf(alert, town.alerts), town });
  };
  const seen = async (snapshot) => {
    if (snapshot.exists()) return follow(snapshot.data());
    const found = snapshot.metadata.fromCache ? await fromPush(id) : { state: 'missing' };
    if (!closed && !watched) changed(found);
  };
  const meanwhile = async () => {
    const found = await fromPush(id);
    if (!closed && !told && found.state === 'pushed') changed(found);
  };
  const early = setTimeout(meanwhile, PATIENCE);
  const stop = onSnapshot(doc(db, 'published', id), { includeMetadataChanges: true }, seen, failed);
  return () => {
    closed = true;
    clearTimeout(early);
    stop();
    stopThread();
  };
}

/** What is not verified is in no thread but its own, and in nobody else's. */
function threadOf(alert, alerts) {
  if (!alert.ok) return [alert];
  const same = alerts.filter(({ ok, thread }) => ok && thread === alert.thread);
  return same.sort((a, b) => b.version - a.version || Date.parse(b.sent) - Date.parse(a.sent));
}

/** @returns {Promise<any>} */
async function fromPush(id) {
  const alert = await pushedAlert(id);
  return alert ? { state: 'pushed', alert } : { state: 'offline' };
}
