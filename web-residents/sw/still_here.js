// A phone that receives is alive, though nobody opens the app: once a month the worker renews what else would expire.

import { access, NotYet, renew } from './firestore.js';
import { kept } from './sdk_store.js';
import { change, read, write } from './state.js';

const MONTH = 30 * 24 * 3600 * 1000; // ms; what is not written for 270 days is deleted (docs/app-developers.md)
const DAY = 24 * 3600 * 1000; // ms until an attempt that failed is repeated
const MESSAGING = { database: 'firebase-messaging-database', store: 'firebase-messaging-store' };
const ATTEMPT = 'still-here'; // ms of the last attempt

/**
 * Writes the resident's `seen` and this browser's device, with the address that the push service knows it by now.
 * Never fails: the next push tries again.
 * @param {number} [now] ms
 * @returns {Promise<boolean>} whether they were written
 */
export const stayAlive = (now = Date.now()) => stay(now).catch((error) => (error instanceof NotYet ? false : console.error(error) ?? false));

async function stay(now) {
  const device = await read('device', 'this');
  if (!device || now - device.written < MONTH || !(await isMyTurn(now))) return false;
  const allowed = await access();
  const token = (await currentToken(allowed.config)) ?? device.token;
  const written = await renew(allowed, documents(device, token));
  if (written) await write('device', 'this', { ...device, token, written: now });
  return written;
}

/** One attempt a day, however many pushes come. */
async function isMyTurn(now) {
  let mine = false;
  await change('settings', ATTEMPT, (last) => {
    mine = !(now - last < DAY);
    return mine ? now : undefined;
  });
  return mine;
}

const documents = ({ uid, slot, system }, token) => [
  { path: `residents/${uid}`, times: ['seen', 'updated'] },
  { path: `residents/${uid}/devices/${slot}`, times: ['updated'], fields: { ...kindOf(system), target: { kind: 'token', value: token } } },
];

/** Apps of before do not know their system. */
const kindOf = (system) => ({ platform: 'web', ...(system && { system }) });

/** As the Messaging SDK keeps it; it renews its subscription by itself. @param {Record<string, any>} config */
async function currentToken({ appId, emulators }) {
  if (emulators?.push) return read('settings', 'local-token');
  return (await kept(MESSAGING, appId))?.token;
}
