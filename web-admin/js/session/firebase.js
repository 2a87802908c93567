// Firebase Auth, set up for the project that staff sign in at: the API names it, or it is that of the site, which Hosting tells. The
// local stack adds its emulator's address.

import {
  browserLocalPersistence,
  connectAuthEmulator,
  indexedDBLocalPersistence,
  initializeApp,
  initializeAuth,
} from '../../vendor/firebase.js';
import { attest } from './app_check.js';

const NOT_THERE = 404; // an API of a release that knew of one project alone

async function answered(path) {
  const answer = await fetch(path);
  if (!answer.ok && answer.status !== NOT_THERE) throw new Error(`${path}: ${answer.status}`);
  return answer.ok ? answer.json() : {};
}

const KEPT = [indexedDBLocalPersistence, browserLocalPersistence];

/**
 * No popup resolver is given to Auth: it would load scripts from elsewhere.
 * @param {any} persistence where a sign-in is kept @param {string} [name] of one beside the page's own
 */
export async function connect(persistence = KEPT, name) {
  const [{ emulators, ...site }, config] = await Promise.all(['/__/firebase/init.json', '/api/config'].map(answered));
  const app = initializeApp(config.auth ?? site, name);
  if (!name) await attest(() => (config.auth ? initializeApp(site, 'site') : app), config.app_check, emulators?.appCheck);
  const auth = initializeAuth(app, { persistence });
  if (emulators?.auth) connectAuthEmulator(auth, emulators.auth, { disableWarnings: true });
  return auth;
}
