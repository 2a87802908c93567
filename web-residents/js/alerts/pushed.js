// What came by push to this browser: its text is on the phone, whatever becomes of the network, the server and the
// browser's database; of a notification that stands, the browser itself keeps it.

import { now } from '../../sw/clock.js';
import { within } from '../../sw/patience.js';
import { entries, read } from '../../sw/state.js';

const PATIENCE = 700; // ms for the browser's database

/**
 * An alert as its push told it: not proven yet, without its area.
 * @param {Record<string, any>} push
 * @returns {import('./reading.js').Alert}
 */
export function alertOf(push) {
  const { title, body, language = 'pl' } = push;
  const texts = { pl: { title, body }, [language]: { title, body } };
  const fields = { texts, id: push.alert, ok: false, reason: 'unavailable', exercise: push.exercise === '1', state: push.state ?? 'active', kind: push.kind ?? 'alert' };
  return /** @type {any} */ ({ ...push, ...fields, version: Number(push.version), area: '', area_name: '', cancelled: push.cancelled || null, pushed: true });
}

async function standing() {
  const registration = await navigator.serviceWorker?.getRegistration();
  const shown = (await registration?.getNotifications?.()) ?? [];
  return shown.map(({ data, title, body }) => ({ title, body, ...data }));
}

const quietly = (work, otherwise) => within(PATIENCE, work.catch(() => otherwise), otherwise);

/** @returns {Promise<ReturnType<typeof alertOf>[]>} all that came, the newest of each thread, those that may still hold */
export async function pushed() {
  const [stored, shown] = await Promise.all([
    quietly(entries('alerts').then((found) => found.map(([, push]) => push)), []),
    quietly(standing(), []),
  ]);
  const newest = new Map();
  for (const push of [...shown, ...stored].filter(isReadable)) {
    if (!(Number(newest.get(push.thread)?.version) >= Number(push.version))) newest.set(push.thread, push);
  }
  return [...newest.values()].map(alertOf).filter(({ state, expires }) => state !== 'cancelled' && !(Date.parse(expires) <= now()));
}

const isReadable = (push) => Boolean(push?.alert && push.thread && push.title && push.version);

/** @param {string} id @returns {Promise<ReturnType<typeof alertOf> | null>} of an alert, whether or not it still holds */
export async function pushedAlert(id) {
  const stored = await quietly(read('alerts', id), null);
  const found = stored ?? (await quietly(standing(), [])).find(({ alert }) => alert === id);
  return found?.title ? alertOf(found) : null;
}

/** @param {(alert: string) => void} listener called with the id of each alert that is shown from now on @returns {() => void} ends it */
export function onPushed(listener) {
  const heard = ({ data }) => data?.type === 'shown' && listener(data.alert);
  navigator.serviceWorker?.addEventListener('message', heard);
  return () => navigator.serviceWorker?.removeEventListener('message', heard);
}
