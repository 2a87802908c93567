// Firebase, set up from what Hosting says about the project; the local stack adds its emulators' addresses.

import {
  browserLocalPersistence,
  connectAuthEmulator,
  connectFirestoreEmulator,
  indexedDBLocalPersistence,
  initializeApp,
  initializeAuth,
  initializeFirestore,
  persistentLocalCache,
  persistentMultipleTabManager,
} from '../../vendor/firebase.js';
import { webConfig } from '../../sw/config.js';

let connection = null;

/**
 * Nothing of Firebase is loaded before this; no popup resolver is given to Auth: it would load scripts from elsewhere.
 * What Firestore has read is kept on the phone, so that alerts are readable without a network.
 * @returns {Promise<{app: any, auth: any, db: any, config: any, emulators: any}>} the same each time
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
  const auth = initializeAuth(app, { persistence: [indexedDBLocalPersistence, browserLocalPersistence] });
  const db = initializeFirestore(app, { localCache: persistentLocalCache({ tabManager: persistentMultipleTabManager() }) });
  if (emulators.auth) connectAuthEmulator(auth, emulators.auth, { disableWarnings: true });
  if (emulators.firestore) {
    const [host, port] = emulators.firestore.split(':');
    connectFirestoreEmulator(db, host, Number(port));
  }
  return { app, auth, db, config, emulators };
}
