// Who is signed in, with the roles and municipality that the API knows them by.

import { onAuthStateChanged, signOut as firebaseSignOut } from '../../vendor/firebase.js';
import * as alerts from '../api/alerts.js';
import { authoriseWith, renewWith } from '../api/request.js';
import { learnVocabulary } from '../api/vocabulary.js';
import { beforeLanguageChange } from '../i18n/index.js';
import { renewals } from './renewal.js';

/**
 * @typedef {{uid: string, name: string, terc: string, roles: string[], pages: string[], templates: string[] | null,
 *   municipality: {terc: string, name: string, languages: string[], center: {lat: number, lng: number}}}} Me
 */

const PATIENCE = 8000; // ms that signing out waits for what is still being saved

/** Unknown without a network; the API asks for it anyway. */
async function hasSecondFactor(user) {
  const token = await user.getIdTokenResult().catch(() => null);
  return !token || token.claims.firebase?.sign_in_second_factor === 'totp';
}

/** @param {any} auth */
export function createSession(auth) {
  /** @type {Promise<any> | null} */
  let municipality = null;
  /** @type {Set<() => Promise<unknown>>} */
  const leaving = new Set();
  authoriseWith(async (fresh) => (auth.currentUser ? auth.currentUser.getIdToken(fresh) : null));
  renewWith(renewals(auth));
  const session = {
    auth,
    /** @type {Me | null} */
    me: null,
    /** Boundary and base map, fetched once. */
    municipality() {
      municipality ??= alerts.municipality().catch((error) => {
        municipality = null;
        throw error;
      });
      return municipality;
    },
    /** Who it is, and the words of the API, which follow the page's language from then on. */
    async load() {
      const [me] = await Promise.all([alerts.me(), learnVocabulary()]);
      this.me = me;
    },
    /** What is typed goes to the server first; what cannot stays in this browser, for the same person alone. */
    async signOut() {
      const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
      await Promise.race([Promise.allSettled([...leaving].map((work) => work())), patience]);
      await firebaseSignOut(auth);
    },
    /** @param {() => Promise<unknown>} work done before the person is signed out; @returns what ends that */
    beforeSignOut(work) {
      leaving.add(work);
      return () => leaving.delete(work);
    },
    /** The API no longer knows the session: what the person typed waits for the next one. */
    expire: () => firebaseSignOut(auth),
    /** @param {(user: any, refusal: string | null) => void} listener `refusal`: why the last one was sent away */
    onUser(listener) {
      let refusal = null;
      return onAuthStateChanged(auth, async (user) => {
        this.me = null;
        municipality = null;
        if (user && !(await hasSecondFactor(user))) {
          refusal = 'signIn.error.noSecondFactor';
          return firebaseSignOut(auth);
        }
        listener(user, refusal);
        refusal = null;
        return undefined;
      });
    },
  };
  beforeLanguageChange(async (next) => session.me && learnVocabulary(next));
  return session;
}
