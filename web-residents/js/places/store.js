// My places in Firestore: eight slots, written and deleted one by one, kept on the phone while there is no network.

import { collection, deleteDoc, doc, onSnapshot, serverTimestamp, setDoc, Timestamp } from '../../vendor/firebase.js';
import { within } from '../../sw/patience.js';

export const SLOTS = ['1', '2', '3', '4', '5', '6', '7', '8'];
const PATIENCE = 4_000; // ms for the server; after that what the phone knows has to do

/**
 * @typedef {{slot: string, label: string, cell: string | null, accuracy: number | null, until: Date | null,
 *   codes: import('../address/address.js').Codes | null, whole: import('./whole.js').Whole | null, waiting: boolean}} Place
 *   `cell` is null of a whole village or municipality, and for the seconds in which a point of another app is turned into one;
 *   `codes`: of one that was picked by its address; `waiting`: not yet with the server
 */

const all = ({ db, uid }) => collection(db, 'residents', uid, 'places');
const one = ({ db, uid }, slot) => doc(db, 'residents', uid, 'places', slot);

function placeOf(document) {
  const { label, cell = null, accuracy = null, codes = null, whole = null, until } = document.data();
  const { hasPendingWrites: waiting } = document.metadata;
  return { slot: document.id, label, cell, accuracy, codes, whole, until: until?.toDate() ?? null, waiting };
}

const placesOf = (snapshot) => snapshot.docs.map(placeOf).sort((a, b) => a.slot.localeCompare(b.slot));

/**
 * @param {(places: Place[], fromPhone: boolean) => void} listener called at once and after every change; `fromPhone`: the
 *   server has not said anything yet, or not lately
 * @returns {() => void} ends it
 */
export const watchPlaces = (session, listener, failed) =>
  onSnapshot(all(session), { includeMetadataChanges: true }, (snapshot) => listener(placesOf(snapshot), snapshot.metadata.fromCache), failed);

/**
 * As `watchPlaces`, as the phone has them, which costs no reading: no other browser writes them. Where it has none, the server
 * is asked.
 */
export function watchKeptPlaces(session, listener, failed) {
  const seen = (snapshot) => {
    if (!snapshot.empty) return listener(placesOf(snapshot), true);
    stop();
    stop = watchPlaces(session, listener, failed);
  };
  let stop = onSnapshot(all(session), { includeMetadataChanges: true, source: 'cache' }, seen, failed);
  return () => stop();
}

/** @returns {Promise<Place[]>} as the server has them, or as the phone does when the server does not answer */
export function currentPlaces(session) {
  return new Promise((resolve, reject) => {
    let known = null;
    let late = false;
    const settle = () => {
      stop();
      clearTimeout(timer);
      resolve(known);
    };
    const seen = (snapshot) => {
      known = placesOf(snapshot);
      if (late || !snapshot.metadata.fromCache) settle();
    };
    const stop = onSnapshot(all(session), { includeMetadataChanges: true }, seen, reject);
    const timer = setTimeout(() => {
      late = true;
      if (known) settle();
    }, PATIENCE);
  });
}

/** @param {Place[]} places @returns {string | null} null when all eight are taken */
export const freeSlot = (places) => SLOTS.find((slot) => places.every((place) => place.slot !== slot)) ?? null;

/** The server answered, or it will once there is a network: the write is kept on the phone. @returns {Promise<any>} */
const settled = (written) => within(PATIENCE, written.then(() => 'written'), 'waiting');

/**
 * Writes the whole place, confirmed by its owner now.
 * @param {{db: any, uid: string}} session @param {string} slot
 * @param {{label: string, cell?: string, accuracy?: number | null, codes?: object, whole?: object, until: Date | null}} place
 *   nothing else of it leaves the phone: what a code is called, the register says wherever it is read
 * @returns {Promise<string>} "written" or "waiting"
 */
export const savePlace = (session, slot, { label, cell, accuracy, codes, whole, until }) =>
  settled(
    setDoc(one(session, slot), {
      label,
      ...(cell && { cell }),
      ...(codes && { codes }),
      ...(whole && { whole }),
      ...(typeof accuracy === 'number' && { accuracy }),
      ...(until && { until: Timestamp.fromDate(until) }),
      confirmed: serverTimestamp(),
      updated: serverTimestamp(),
    }),
  );

/** Its owner says that it still is theirs. @returns {Promise<string>} "written" or "waiting" */
export const confirmPlace = (session, slot) =>
  settled(setDoc(one(session, slot), { confirmed: serverTimestamp(), updated: serverTimestamp() }, { merge: true }));

/** @returns {Promise<string>} "written" or "waiting" */
export const removePlace = (session, slot) => settled(deleteDoc(one(session, slot)));
