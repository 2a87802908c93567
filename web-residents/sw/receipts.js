// What is to be written once about an alert: that it arrived, that it was opened, that it does not concern me.
// Queued first, written when there is a network; a second document is refused, which is as good as written.

import { access, commit, NotYet } from './firestore.js';
import { change, entries, read, write } from './state.js';

const SYNC = 'receipts';
const KEPT = 90 * 24 * 3600 * 1000; // ms after the alert's end
const DEVICE = 'this';

let turn = /** @type {Promise<unknown>} */ (Promise.resolve()); // one after the other: none is sent twice

/** @param {"received" | "opened"} kind @param {Record<string, string>} push its data; without `proof` there is no receipt */
export async function queueReceipt(kind, { alert, proof, expires }) {
  const device = await read('device', DEVICE);
  if (!device || !proof) return;
  const path = `published/${alert}/receipts/${device.uid}.${device.slot}.${kind}`;
  await queue(path, { kind, platform: 'web', proof, ...until(expires) });
}

/** That a push came to the wrong address: a report to the office, as the app writes it. */
export async function queueNotMine(alert) {
  const known = await notMine(alert);
  if (known) await queue(`published/${alert}/reports/${known.uid}`, known.report);
}

/** The report, and whose; null when the alert did not come by push to this browser: then nothing proves it. */
export async function notMine(alert) {
  const [device, push] = await Promise.all([read('device', DEVICE), read('alerts', alert)]);
  if (!device || !push?.proof) return null;
  return { uid: device.uid, report: { reason: 'not_mine', device: device.slot, proof: push.proof, ...until(push.expires) } };
}

/** Until when it is kept, by the alert's own time and not the phone's clock, which may be wrong. */
function until(expires) {
  const end = Date.parse(expires);
  return Number.isNaN(end) ? {} : { expire: new Date(end + KEPT).toISOString() };
}

/** `opened` of an alert that came by push; of one that was only found in the list nothing is known to prove. */
export async function queueOpened(alert) {
  const push = await read('alerts', alert);
  if (push) await queueReceipt('opened', push);
}

const queue = (path, fields) =>
  change('receipts', path, (there) => (there ? undefined : { fields, done: false, at: Date.now() }));

/**
 * Writes what waits. What cannot be written now stays, and is tried with the next push, when the network is back
 * (where the browser tells: Background Sync) and when the app starts.
 * @param {ServiceWorkerRegistration} [registration]
 * @returns {Promise<number>} how many still wait
 */
export function flush(registration) {
  const done = turn.then(() => sendWaiting(registration));
  turn = done.catch(() => {});
  return done;
}

async function sendWaiting(registration) {
  const waiting = (await entries('receipts')).filter(([, receipt]) => !receipt.done);
  const left = waiting.length && (await unwritten(waiting));
  if (left) await registration?.sync?.register(SYNC).catch(() => {}); // the resident may have forbidden it
  return left;
}

/** @returns {Promise<number>} how many could not be written now */
async function unwritten(waiting) {
  const allowed = await orNotYet(access());
  if (!allowed) return waiting.length;
  const written = await Promise.all(waiting.map(([path, receipt]) => attempt(allowed, path, receipt)));
  return written.filter((done) => !done).length;
}

async function attempt(allowed, path, receipt) {
  const written = await orNotYet(commit(allowed, path, receipt.fields).then(() => true));
  if (written) await write('receipts', path, { ...receipt, done: true });
  return written;
}

/** @returns {Promise<any>} false when it cannot be done now */
const orNotYet = (work) =>
  work.catch((error) => {
    if (error instanceof NotYet) return false;
    throw error;
  });
