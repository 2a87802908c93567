// Who this installation is: nobody until the resident agrees, then an anonymous account that stays in this browser.

import { onAuthStateChanged, signInAnonymously } from '../../vendor/auth.js';
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

/** Firestore is fetched while Auth asks its server. */
const fetchDatabase = () => import('./database.js');

/**
 * The session of an earlier visit.
 * @returns {Promise<Session | null>} null when the browser has forgotten the account
 */
export async function resume() {
  const [{ databaseOf }, { firebase, user }] = await Promise.all([fetchDatabase(), withoutWaiting(earlier)]);
  return user && { ...firebase, db: databaseOf(firebase), uid: user.uid };
}

async function earlier() {
  const firebase = await connect();
  return { firebase, user: await signedIn(firebase.auth) };
}

/**
 * Signs in and writes the resident's document. Only for one who has agreed.
 * @param {string} language
 * @returns {Promise<Session>}
 */
export async function begin(language) {
  const [{ databaseOf, writeFirst }, { firebase, user }] = await Promise.all([fetchDatabase(), signIn()]);
  const db = databaseOf(firebase);
  await within(PATIENCE, writeFirst(db, user.uid, language));
  agreedNow();
  return { ...firebase, db, uid: user.uid };
}

async function signIn() {
  const firebase = await connect();
  return { firebase, user: (await signedIn(firebase.auth)) ?? (await signInAnonymously(firebase.auth)).user };
}
