// Firebase, set up from what Hosting says about the project; the local stack adds its emulators' addresses.

import {
  browserLocalPersistence,
  connectAuthEmulator,
  connectFirestoreEmulator,
  getFirestore,
  indexedDBLocalPersistence,
  initializeApp,
  initializeAuth,
} from '../../vendor/firebase.js';

/** No popup resolver is given to Auth: it would load scripts from elsewhere. */
export async function connect() {
  const answer = await fetch('/__/firebase/init.json');
  if (!answer.ok) throw new Error(`init.json: ${answer.status}`);
  const { emulators, ...config } = await answer.json();
  const app = initializeApp(config);
  const auth = initializeAuth(app, { persistence: [indexedDBLocalPersistence, browserLocalPersistence] });
  const firestore = getFirestore(app);
  if (emulators?.auth) connectAuthEmulator(auth, emulators.auth, { disableWarnings: true });
  if (emulators?.firestore) {
    const [host, port] = emulators.firestore.split(':');
    connectFirestoreEmulator(firestore, host, Number(port));
  }
  return { auth, firestore };
}
