// Everything that is kept of this person, as one JSON file: what Firestore has, and what this phone remembers.

import { collection, doc, getDocFromServer, getDocsFromServer } from '../../vendor/firebase.js';
import { entries, STORES } from '../../sw/state.js';

/**
 * @param {import('../session/session.js').Session} session
 * @param {string} note what cannot be in the file, in the resident's words
 * @returns {Promise<object>} throws without a network: a file with holes would look complete
 */
export async function everything(session, note) {
  const { uid } = session;
  const [resident, places, devices, phone] = await Promise.all([own(session), below(session, 'places'), below(session, 'devices'), remembered()]);
  return { exported: new Date().toISOString(), uid, note, resident, places, devices, phone };
}

const own = async ({ db, uid }) => plain((await getDocFromServer(doc(db, 'residents', uid))).data() ?? null);

async function below({ db, uid }, kind) {
  const found = await getDocsFromServer(collection(db, 'residents', uid, kind));
  return Object.fromEntries(found.docs.map((one) => [one.id, plain(one.data())]));
}

async function remembered() {
  const stores = await Promise.all(STORES.map(async (store) => [store, Object.fromEntries(await entries(store))]));
  return { database: Object.fromEntries(stores), storage: { ...localStorage } };
}

/** Firestore's times as text, its points as two numbers. */
function plain(value) {
  if (value === null || typeof value !== 'object') return value;
  if (typeof value.toDate === 'function') return value.toDate().toISOString();
  if (typeof value.latitude === 'number') return { latitude: value.latitude, longitude: value.longitude };
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

/** Hands the file to the browser's downloads. */
export function download(content, name) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
