// The address of this browser for pushes, and how pushes reach the worker: from Firebase Cloud Messaging, or on the
// local stack, where no browser reaches a push service, from a stream of the site itself. Nothing else differs.

import { read, write } from '../../sw/state.js';
import { tellWorker } from './worker.js';

const LOCAL = 'local-token';

const messaging = () => import('../../vendor/messaging.js');

/**
 * @param {{app: any, config: any, emulators: any}} session
 *   `config.vapidKey`: the project's own Web Push key, if the web config has one; otherwise FCM's common one is used
 * @param {ServiceWorkerRegistration} registration
 * @returns {Promise<string>}
 */
export async function pushToken({ app, config, emulators }, registration) {
  if (emulators.push) return localToken();
  const { getMessaging, getToken } = await messaging();
  return getToken(getMessaging(app), { vapidKey: config.vapidKey, serviceWorkerRegistration: registration });
}

async function localToken() {
  const kept = await read('settings', LOCAL);
  if (kept) return kept;
  const token = `local-web-${crypto.randomUUID()}`;
  await write('settings', LOCAL, token);
  return token;
}

/** Ends what `pushToken` began, on this visit or an earlier one. */
export async function dropToken({ app, config, emulators }) {
  if (emulators.push) return write('settings', LOCAL, null);
  const { deleteToken, getMessaging, getToken } = await messaging();
  const registration = await navigator.serviceWorker?.getRegistration();
  const of = getMessaging(app);
  // `deleteToken` knows no worker but that of a `getToken` before it, and would look for one of FCM's own name.
  if (registration && Notification.permission === 'granted') {
    await getToken(of, { vapidKey: config.vapidKey, serviceWorkerRegistration: registration }).catch(console.error);
  }
  return deleteToken(of);
}

/**
 * Hands to the worker what arrives while the page is open.
 * @returns {Promise<() => void>} stops it
 */
export async function feed({ app, emulators }, token) {
  if (emulators.push) return localFeed(token);
  const { getMessaging, onMessage } = await messaging();
  return onMessage(getMessaging(app), ({ messageId, data }) => tellWorker({ type: 'push', id: messageId, data }));
}

function localFeed(token) {
  const source = new EventSource(`/__/push?token=${encodeURIComponent(token)}`);
  source.onmessage = (event) => {
    const { fcmMessageId, data } = JSON.parse(event.data);
    tellWorker({ type: 'push', id: fcmMessageId, data });
  };
  return () => source.close();
}
