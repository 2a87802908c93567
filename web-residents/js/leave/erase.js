// Erases the resident: first what others could still send to, then who they are, last what this phone remembers.

import { clearIndexedDbPersistence, deleteUser, doc, getDocFromServer, signOut, terminate, writeBatch } from '../../vendor/firebase.js';
import { SLOTS } from '../places/store.js';
import { pauseReceiving, resumeReceiving } from '../receive/receiving.js';
import { takeAway } from '../receive/standing.js';
import { dropToken } from '../receive/token.js';
import { endWorker } from '../receive/worker.js';
import { forgetConsent } from '../session/consent.js';
import { forgetLocal } from '../session/local.js';
import { within } from '../../sw/patience.js';
import { forgetStorage } from './storage.js';

const PATIENCE = 5_000; // ms for what the browser or the push service may never answer

/**
 * What alerts keep of the resident (receipts, reports, the record of what was sent) goes with the document: the functions
 * see that it is gone and clear it away within minutes (docs/data.md, `erasures`).
 * @param {import('../session/session.js').Session} session
 * @throws without a network, with nothing erased yet
 */
export async function erase(session) {
  await getDocFromServer(doc(session.db, 'residents', session.uid)); // a batch without a network would wait, and be done some day
  await quietly(pauseReceiving());
  await eraseDocuments(session).catch((error) => {
    resumeReceiving();
    throw error;
  });
  forgetConsent(); // so that other windows leave too (main.js)
  await quietly(endWorker());
  await quietly(takeAway());
  await quietly(dropToken(session));
  await quietly(unsubscribe());
  await eraseAccount(session.auth);
  await forgetAll(session.db);
}

/** Devices, places, then the resident, all or none: each slot by name, whether it is taken or not. */
function eraseDocuments({ db, uid }) {
  const batch = writeBatch(db);
  const root = ['residents', uid];
  for (const kind of ['devices', 'places']) SLOTS.forEach((slot) => batch.delete(doc(db, ...root, kind, slot)));
  batch.delete(doc(db, ...root));
  return batch.commit();
}

async function unsubscribe() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
}

/** An account that Auth will not delete any more, because the sign-in is long ago, is left empty and forgotten. */
const eraseAccount = (auth) => deleteUser(auth.currentUser).catch(() => signOut(auth));

async function forgetAll(db) {
  await quietly(terminate(db).then(() => clearIndexedDbPersistence(db)));
  await quietly(forgetLocal());
  await quietly(forgetStorage());
}

/** What fails or hangs must not keep the rest. */
const quietly = (work) => within(PATIENCE, work.catch(() => {}));
