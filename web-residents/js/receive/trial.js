// A notification to try them out: sent by the server on the way of an alert, and answered by the worker that shows it.
// Who has no address yet stands in no index: to them this browser's own worker shows one, and nothing is sent.

import { collection, doc, getDocs, onSnapshot, serverTimestamp, setDoc } from '../../vendor/firestore.js';
import { within } from '../../sw/patience.js';
import { knownDevice } from './device.js';
import { startWorker } from './worker.js';

const PATIENCE = 60_000; // ms for the whole way
const BRIEF = 5_000; // ms to learn whether there is an address

/**
 * @param {{words: Function, language: string, session: any}} app
 * @param {(how: "sent") => void} told it is on its way
 * @returns {Promise<"shown" | "arrived" | "late">} "shown": by this browser alone; "late": the worker's answer has not come
 */
export async function tryOut(app, told) {
  const device = await knownDevice();
  if (!device || !(await hasPlace(app.session))) return showHere(app);
  const reference = doc(app.session.db, 'residents', device.uid, 'devices', device.slot);
  await setDoc(reference, { trial: serverTimestamp(), updated: serverTimestamp() }, { merge: true });
  told('sent');
  return arrival(reference);
}

async function hasPlace({ db, uid }) {
  const found = await within(BRIEF, getDocs(collection(db, 'residents', uid, 'places')));
  return Boolean(found && !found.empty);
}

/** @returns {Promise<"arrived" | "late">} */
async function arrival(reference) {
  let stop = () => {};
  const arrived = new Promise((resolve, reject) => {
    const seen = (/** @type {any} */ snapshot) => {
      const { trial, arrived: at } = snapshot.data() ?? {};
      if (trial && at && at.toMillis() >= trial.toMillis()) resolve('arrived');
    };
    stop = onSnapshot(reference, seen, reject);
  });
  try {
    return await within(PATIENCE, arrived, 'late');
  } finally {
    stop();
  }
}

async function showHere(app) {
  const registration = await startWorker(app.session.config);
  const options = {
    tag: 'trial',
    body: app.words('receive.trial.body'),
    lang: app.language,
    icon: '/icons/push-alert.png',
    badge: '/icons/push-badge.png',
    renotify: true,
    data: { path: '/app/notifications' },
  };
  await registration.showNotification(app.words('receive.trial.title'), options);
  return /** @type {"shown"} */ ('shown');
}
