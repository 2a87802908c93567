// The residents' service worker: receives pushes also while no page is open, and keeps the app for offline use.
//
// Registered by js/receive/worker.js. Its address carries the web config, since a worker has to listen before it
// can ask for anything: "/sw.js?apiKey=...&appId=...&messagingSenderId=...&projectId=...".

import { arrival } from './sw/arrival.js';
import { answer, tidy } from './sw/cache.js';
import { clicked } from './sw/click.js';
import { webConfig } from './sw/config.js';
import { showOther } from './sw/other.js';
import { isAlert, receive } from './sw/receive.js';
import { flush } from './sw/receipts.js';
import { mayKeep, takeIn } from './sw/release.js';
import { stayAlive } from './sw/still_here.js';
import { inTurn } from './sw/turns.js';
import { getMessaging, initializeApp, onBackgroundMessage } from './vendor/messaging-sw.js';

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const NEEDED = ['apiKey', 'appId', 'messagingSenderId', 'projectId'];

const take = inTurn(show, (data) => (isAlert(data) ? arrival(data) : null));

/** @param {Record<string, string>} data @param {Promise<import('./sw/arrival.js').Arrival> | null} arrived null for what is no alert */
function show(data, arrived) {
  const { registration, clients } = worker;
  return arrived ? receive(data, { registration, clients, arrived }) : showOther(data, { registration });
}

let left = false; // the resident has erased themselves
let last = /** @type {Promise<unknown>} */ (Promise.resolve()); // what is being done

/** The receipts go out beside the next push: a slow network must not hold that one up. */
async function takePush(id, data) {
  if (left) return;
  await take(id, data);
  await send();
  await stayAlive();
}

const send = async () => (left ? 0 : flush(worker.registration));

/** Until the worker ends with its last page, nothing is shown or written any more. */
async function leave(port) {
  left = true;
  mayKeep(false);
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
  const { fcmMessageId, data, notification } = payloadOf(event);
  during(event, takePush(fcmMessageId, data ?? notification ?? {}));
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
  if (type === 'push') during(event, takePush(id, data));
  if (type === 'flush') during(event, send());
  if (type === 'begin') begin(event);
  if (type === 'leave') event.waitUntil(leave(event.ports[0]));
});

/** A page has started: of somebody who agreed, perhaps anew. */
function begin(event) {
  left = false;
  mayKeep(true);
  event.waitUntil(Promise.all([claim(), takeIn().catch(console.error)])); // a later start tries again
}

/** Also the page that was loading while the worker became active: unclaimed, no notification could lead it to its alert. */
const claim = () => worker.clients.claim().catch(console.error);

worker.addEventListener('sync', (/** @type {any} */ event) => during(event, send().then(retryIfWaiting)));

/** A sync that fails is repeated by the browser. */
function retryIfWaiting(waiting) {
  if (waiting) throw new Error(`${waiting} receipts still wait`);
}

// Where the browser wakes the worker from time to time: a phone to which nothing was sent for months is alive, too.
worker.addEventListener('periodicsync', (/** @type {any} */ event) => during(event, left ? Promise.resolve() : stayAlive()));

worker.addEventListener('fetch', (event) => left || answer(event));
worker.addEventListener('install', () => worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(Promise.all([claim(), tidy(), webConfig().catch(() => {})])));

const given = new URL(worker.location.href).searchParams;
if (NEEDED.every((name) => given.get(name))) {
  const messaging = getMessaging(initializeApp(Object.fromEntries(NEEDED.map((name) => [name, given.get(name)]))));
  onBackgroundMessage(messaging, ({ messageId, data }) => takePush(messageId, data));
}
