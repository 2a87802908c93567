// Pushes that are no alert: a trial that the resident asked for, a question whether this phone still receives, and what
// a later release may send. Each shows something: a browser that is shown nothing three times sends nothing any more.

import { access, renew } from './firestore.js';
import { read } from './state.js';
import { word } from './words.js';

const TRIAL = 'trial';

/**
 * @param {Record<string, any>} data of the push
 * @param {{registration: ServiceWorkerRegistration}} world
 * @returns {Promise<"trial" | "other">}
 */
export async function showOther(data, { registration }) {
  const kind = data.notice === TRIAL ? TRIAL : 'other';
  await registration.showNotification(data.title || word(data.language, `${kind}_title`), options(data, kind));
  if (kind === TRIAL) await arrived().catch(console.error);
  return kind;
}

/** @returns {NotificationOptions} */
function options(data, kind) {
  const more = { renotify: true, icon: '/icons/push-alert.png', badge: '/icons/push-badge.png' };
  const body = data.body || word(data.language, `${kind}_body`);
  return { ...more, tag: kind, body, lang: data.language || 'pl', data: { path: kind === TRIAL ? '/app/notifications' : '/' } };
}

/** The answer to the page that asked: the trial came all the way. */
async function arrived() {
  const device = await read('device', 'this');
  if (device) await renew(await access(), [{ path: `residents/${device.uid}/devices/${device.slot}`, times: ['arrived', 'updated'] }]);
}
