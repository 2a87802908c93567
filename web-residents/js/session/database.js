// Firestore, of the app that is signed in. What it has read is kept on the phone, so that alerts are readable without a network.

import {
  connectFirestoreEmulator,
  doc,
  initializeFirestore,
  persistentLocalCache,
  persistentMultipleTabManager,
  serverTimestamp,
  setDoc,
} from '../../vendor/firestore.js';

let database = null;

/** @param {import('./firebase.js').Connection} connection @returns {any} the same each time */
export function databaseOf({ app, emulators }) {
  database ??= open(app, emulators);
  return database;
}

function open(app, emulators) {
  const db = initializeFirestore(app, { localCache: persistentLocalCache({ tabManager: persistentMultipleTabManager() }) });
  if (emulators.firestore) {
    const [host, port] = emulators.firestore.split(':');
    connectFirestoreEmulator(db, host, Number(port));
  }
  return db;
}

/** The document of one who is new. Resolves when the server has it; until then it waits on the phone, before all other writes. */
export const writeFirst = (db, uid, language) => setDoc(doc(db, 'residents', uid), { language, updated: serverTimestamp() });
