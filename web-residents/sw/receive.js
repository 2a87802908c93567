// The one way a push goes, wherever it came from: one notification for each thread, a receipt, a copy to read offline.

import { arrival } from './arrival.js';
import { judged, revised } from './judge.js';
import { notification, overruled } from './notification.js';
import { within } from './patience.js';
import { queueReceipt } from './receipts.js';
import { read, removeBefore, write } from './state.js';

const KEPT = 90 * 24 * 3600 * 1000; // ms; a push waits 28 days at most
const PATIENCE = 3_000; // ms for the browser's database

/** Without these there is nothing to show. */
export const isAlert = (data) => Boolean(data?.alert && data.thread && data.version && data.title);

/**
 * The newest shown of a thread. Where the database fails, the notification that stands under its tag says it: an older message
 * that comes late must not take the place of what it was replaced by.
 */
async function newestShown(thread, registration) {
  const known = await patiently(read('seen', thread).then((seen) => seen ?? null));
  return known === undefined ? standing(thread, registration) : (known ?? undefined);
}

async function standing(tag, registration) {
  const [shown] = (await patiently(Promise.resolve(registration.getNotifications?.({ tag })))) ?? [];
  const data = shown?.data;
  return data?.thread === tag ? { version: Number(data.version), again: data.sound === 'again', alert: data.alert, shown: { ...data, body: data.body ?? shown.body } } : undefined;
}

/** The open pages say it where the reader is. */
async function tellPages(clients, data, judgement) {
  if (judgement === 'repeat') return;
  const pages = (await clients?.matchAll({ type: 'window', includeUncontrolled: true })) ?? [];
  pages.forEach((page) => page.postMessage({ type: 'shown', alert: data.alert }));
}

/**
 * Shows the push as docs/app-developers.md says ("The push"). Call it for one push after the other: which is
 * the newest of a thread is read and written around the notification, so that a crash between them repeats it.
 * A database that fails or hangs keeps no warning back: then it is as if nothing had been seen before.
 * @param {Record<string, string>} data of the push
 * @param {{registration: ServiceWorkerRegistration, clients?: Clients, now?: number, arrived?: Promise<import('./arrival.js').Arrival>}} world
 * @returns {Promise<string>} "over", "first", "newer", "again", "repeat" (judge.js), "cancelled" or "replaced"
 */
export async function receive(data, { registration, clients, now = Date.now(), arrived = arrival(data, now) }) {
  const seen = await newestShown(data.thread, registration);
  const { time, content } = await arrived;
  const judgement = revised(judged(seen, data, time), data, content);
  const news = overruled(data, judgement, content);
  const shown = judgement === 'repeat' ? ((await patiently(read('alerts', seen.alert))) ?? seen.shown ?? data) : news;
  const { title, options } = notification(shown, judgement, time);
  await registration.showNotification(title, options);
  await patiently(keep(data, news, seen, judgement, now));
  await tellPages(clients, data, judgement).catch(console.error);
  return judgement;
}

const patiently = (work) => within(PATIENCE, work.catch(console.error));

async function keep(data, news, seen, judgement, now) {
  await remember(data, news, seen, judgement, now);
  await queueReceipt('received', data);
}

/** Of a newer version it was only read: its own push, should it come, is news. */
async function remember(data, news, seen, judgement, now) {
  if (judgement === 'repeat') return;
  const version = Number(data.version);
  const again = data.sound === 'again' || (seen?.version === version && seen.again);
  await write('alerts', data.alert, { ...news, at: now });
  await write('seen', data.thread, { version, again, alert: data.alert, at: now });
  await Promise.all(['seen', 'alerts', 'receipts'].map((store) => removeBefore(store, now - KEPT)));
}
