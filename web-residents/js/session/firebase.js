// Firebase, set up from what Hosting says about the project; the local stack adds its emulators' addresses.
//
// Auth comes by itself, since signing in needs no more: on a slow network Firestore, four times as large, is still on its way.

import { browserLocalPersistence, connectAuthEmulator, indexedDBLocalPersistence, initializeApp, initializeAuth } from '../../vendor/auth.js';
import { webConfig } from '../../sw/config.js';
import { attest } from './app_check.js';

/** @typedef {{app: any, auth: any, config: any, emulators: any}} Connection */

/** @type {Promise<Connection> | null} */
let connection = null;

/**
 * Nothing of Firebase is loaded before this; no popup resolver is given to Auth: it would load scripts from elsewhere.
 * @returns {Promise<Connection>} the same each time
 */
export function connect() {
  connection ??= open().catch((error) => {
    connection = null;
    throw error;
  });
  return connection;
}

async function open() {
  const { emulators = {}, ...config } = await webConfig();
  const app = initializeApp(config);
  await attest(app, emulators.appCheck);
  const auth = initializeAuth(app, { persistence: [indexedDBLocalPersistence, browserLocalPersistence] });
  if (emulators.auth) connectAuthEmulator(auth, emulators.auth, { disableWarnings: true });
  return { app, auth, config, emulators };
}
