// This browser's own document under residents/{uid}/devices: what pushes are sent to.

import { collection, deleteDoc, doc, getDocsFromServer, serverTimestamp, setDoc } from '../../vendor/firestore.js';
import { entries, read, remove, write } from '../../sw/state.js';
import { platform } from './platform.js';

const SLOTS = ['1', '2', '3', '4', '5', '6', '7', '8'];
const MONTH = 30 * 24 * 3600 * 1000; // ms; "about once a month" (docs/app-developers.md)
const LATELY = 24 * 3600 * 1000; // ms
const KEY = 'this';

/** @typedef {{slot: string, uid: string, token: string, system?: string, written: number}} Device */

/** @returns {Promise<Device | undefined>} what this browser was last registered as */
export const knownDevice = () => read('device', KEY);

/**
 * Writes the device if it is not there, has another token or was not written for a month.
 * @param {{db: any, uid: string}} session
 * @param {string} token
 * @returns {Promise<Device>} throws without a network: whether the document is there must be known
 */
export async function register({ db, uid }, token) {
  const known = await knownDevice();
  if (known?.uid === uid && known.token === token && isYoung(known) && (await gotPush(known))) return known;
  const devices = (await getDocsFromServer(collection(db, 'residents', uid, 'devices'))).docs;
  const mine = known?.uid === uid ? known : null;
  const slot = slotFor(devices, mine, token);
  if (mine && slot === mine.slot && isCurrent(devices, mine, token)) return mine;
  const target = { kind: 'token', value: token };
  const system = systemOfPhone();
  const reference = doc(db, 'residents', uid, 'devices', slot);
  const fields = { platform: 'web', system, target, updated: serverTimestamp() };
  await setDoc(reference, fields, { merge: Boolean(mine) }); // that a trial arrived here stays true
  const device = { slot, uid, token, system, written: Date.now() };
  await write('device', KEY, device);
  return device;
}

/** An office counts iPhones apart: they need a step more. @returns {"android" | "ios" | "other"} */
function systemOfPhone() {
  const { system } = platform();
  return system === 'android' || system === 'ios' ? system : 'other';
}

const targetOf = (device) => device.data().target.value;

function isCurrent(devices, mine, token) {
  const stored = devices.find((device) => device.id === mine.slot);
  return stored && targetOf(stored) === token && mine.token === token && isYoung(mine);
}

const isYoung = ({ written }) => Date.now() - written < MONTH;

/** What came by push lately came to this document: it is there, and who comes to read the alert need not wait for it. */
async function gotPush({ written }) {
  const since = Math.max(written, Date.now() - LATELY);
  return (await entries('alerts')).some(([, { at, proof }]) => proof && at > since);
}

/** The slot it had, else the one with its token, else a free one, else the one that was not written for longest. */
function slotFor(devices, mine, token) {
  if (mine) return mine.slot;
  const same = devices.find((device) => targetOf(device) === token);
  const free = SLOTS.find((slot) => devices.every((device) => device.id !== slot));
  return same?.id ?? free ?? oldest(devices).id;
}

const writtenAt = (device) => device.data().updated?.toMillis() ?? 0;
const oldest = (devices) => [...devices].sort((a, b) => writtenAt(a) - writtenAt(b))[0];

/** @param {{db: any, uid: string}} session */
export async function unregister({ db, uid }) {
  const known = await knownDevice();
  if (known?.uid === uid) await deleteDoc(doc(db, 'residents', uid, 'devices', known.slot));
  await remove('device', KEY);
}
