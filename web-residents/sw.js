// The residents' service worker: receives pushes also while no page is open, and keeps the app for offline use.
//
// Registered by js/receive/worker.js. Its address carries the web config, since a worker has to listen before it
// can ask for anything: "/sw.js?apiKey=...&appId=...&messagingSenderId=...&projectId=...".

import { answer, takeIn, tidy } from './sw/cache.js';
import { clicked } from './sw/click.js';
import { webConfig } from './sw/config.js';
import { isAlert, receive } from './sw/receive.js';
import { flush } from './sw/receipts.js';
import { inTurn } from './sw/turns.js';
import { getMessaging, initializeApp, onBackgroundMessage } from './vendor/messaging-sw.js';

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const NEEDED = ['apiKey', 'appId', 'messagingSenderId', 'projectId'];

const take = inTurn((data) => receive(data, { registration: worker.registration }));

let left = false; // the resident has erased themselves
let last = /** @type {Promise<unknown>} */ (Promise.resolve()); // what is being done

/** The receipts go out beside the next push: a slow network must not hold that one up. */
async function takeIfAlert(id, data) {
  if (left || !isAlert(data)) return;
  await take(id, data);
  await send();
}

const send = async () => (left ? 0 : flush(worker.registration));

/** Until the worker ends with its last page, nothing is shown or written any more. */
async function leave(port) {
  left = true;
  await last;
  port.postMessage('left');
}

/** The event lasts as long as the work. */
function during(event, work) {
  last = Promise.allSettled([last, work]);
  event.waitUntil(work);
}

// Before the SDK's own listeners, which may show nothing (see turns.js).
worker.addEventListener('push', (event) => {
  const { fcmMessageId, data } = payloadOf(event);
  during(event, takeIfAlert(fcmMessageId, data));
});

function payloadOf(event) {
  try {
    return event.data?.json() ?? {};
  } catch {
    return {};
  }
}

worker.addEventListener('notificationclick', (event) => during(event, clicked(event, worker.registration)));

worker.addEventListener('message', (event) => {
  const { type, id, data } = event.data ?? {};
  if (type === 'push') during(event, takeIfAlert(id, data));
  if (type === 'flush') during(event, send());
  if (type === 'begin') left = false;
  if (type === 'leave') event.waitUntil(leave(event.ports[0]));
});

worker.addEventListener('sync', (/** @type {any} */ event) => during(event, send().then(retryIfWaiting)));

/** A sync that fails is repeated by the browser. */
function retryIfWaiting(waiting) {
  if (waiting) throw new Error(`${waiting} receipts still wait`);
}

worker.addEventListener('fetch', (event) => left || answer(event));
worker.addEventListener('install', (event) => {
  worker.skipWaiting();
  event.waitUntil(takeIn());
});
worker.addEventListener('activate', (event) => event.waitUntil(Promise.all([worker.clients.claim(), tidy(), webConfig().catch(() => {})])));

const given = new URL(worker.location.href).searchParams;
if (NEEDED.every((name) => given.get(name))) {
  const messaging = getMessaging(initializeApp(Object.fromEntries(NEEDED.map((name) => [name, given.get(name)]))));
  onBackgroundMessage(messaging, ({ messageId, data }) => takeIfAlert(messageId, data));
}
