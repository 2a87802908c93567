// Who this installation is: nobody until the resident agrees, then an anonymous account that stays in this browser.

import { doc, onAuthStateChanged, serverTimestamp, setDoc, signInAnonymously } from '../../vendor/firebase.js';
import { connect } from './firebase.js';
import { within } from '../../sw/patience.js';
import { withoutWaiting } from './auth_start.js';
import { agreedNow } from './consent.js';

const PATIENCE = 1_000; // ms for the first write; it waits on the phone and is repeated by the SDK, before all others

/** @typedef {{app: any, auth: any, db: any, uid: string, config: any, emulators: any}} Session */

const signedIn = (auth) =>
  new Promise((resolve, reject) => {
    const stop = onAuthStateChanged(
      auth,
      (user) => {
        stop();
        resolve(user);
      },
      reject,
    );
  });

/**
 * The session of an earlier visit.
 * @returns {Promise<Session | null>} null when the browser has forgotten the account
 */
export async function resume() {
  const { firebase, user } = await withoutWaiting(async () => {
    const connected = await connect();
    return { firebase: connected, user: await signedIn(connected.auth) };
  });
  return user && { ...firebase, uid: user.uid };
}

/**
 * Signs in and writes the resident's document. Only for one who has agreed.
 * @param {string} language
 * @returns {Promise<Session>}
 */
export async function begin(language) {
  const firebase = await connect();
  const user = (await signedIn(firebase.auth)) ?? (await signInAnonymously(firebase.auth)).user;
  const written = setDoc(doc(firebase.db, 'residents', user.uid), { language, updated: serverTimestamp() });
  await within(PATIENCE, written);
  agreedNow();
  return { ...firebase, uid: user.uid };
}
