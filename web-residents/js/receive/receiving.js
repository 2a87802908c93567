// Receiving in this browser: on, off, or what stands in the way. One state, which the banner and the view show.

import { within } from '../../sw/patience.js';
import { read, write } from '../../sw/state.js';
import { knownDevice, register, unregister } from './device.js';
import { ask, onPermissionChange, permission } from './permission.js';
import { sendReceipts } from './receipts.js';
import { takeAwayOver } from './standing.js';
import { dropToken, feed, pushToken } from './token.js';
import { startWorker } from './worker.js';

const OFF = 'receiving-off';
const PATIENCE = 5_000; // ms
const AGAIN = 30_000; // ms until a server that did not answer is asked again
const RECENT = 3600 * 1000; // ms; looking costs up to eight reads

/**
 * "starting" until the first answer, then permission.js's, with "granted" taken apart: "on", "off" (the resident switched
 * it off here), "failed" (the push service or the network refused), "offline" (granted; not known to be registered).
 * @typedef {"starting" | "unsupported" | "needs-home-screen" | "default" | "denied" | "on" | "off" | "failed" | "offline"} State
 */

/** @type {any} */
let app = null;
/** @type {(state: State) => void} */
let changed = () => {};
let waiting; // the timer of the next attempt
let stopFeed = () => {};
/** @type {Promise<ServiceWorkerRegistration> | null} */
let worker = null;
let paused = false;
let turn = Promise.resolve();
let looked = 0; // ms; when it was last found to be on

/** @type {State} */
let state = 'starting';

export const receivingState = () => state;

/**
 * Called at each start of the app with a session, and after the resident has agreed.
 * @param {any} ofApp
 * @param {() => void} onChange
 */
export async function startReceiving(ofApp, onChange) {
  const first = !app;
  app = ofApp;
  changed = onChange;
  if (first) watch();
  if ('serviceWorker' in navigator) theWorker().then(sendReceipts).catch(console.error);
  await refresh();
}

/** One that could not be started is started anew by whoever needs it next. */
function theWorker() {
  worker ??= startWorker(app.session.config).catch((error) => {
    worker = null;
    throw error;
  });
  return worker;
}

function watch() {
  onPermissionChange(refresh);
  addEventListener('online', () => {
    refresh();
    sendReceipts().catch(console.error);
  });
}

/** One after the other: two at once could take two slots. */
export function refresh() {
  turn = turn.then(look).catch(async (error) => {
    console.error(error);
    become(await standing(error));
  });
  return turn;
}

/**
 * What an attempt that failed says about this browser: a network that does not answer says nothing; where it was registered
 * before, it still is.
 */
async function standing(error) {
  const unheard = isOfNetwork(error);
  const known = (unheard || isOfService(error)) && (await knownDevice().catch(() => null));
  if (!unheard && !known) return 'failed';
  clearTimeout(waiting);
  waiting = setTimeout(refresh, AGAIN);
  return known ? 'on' : 'offline';
}

const UNHEARD = ['unavailable', 'deadline-exceeded', 'resource-exhausted', 'auth/network-request-failed'];
const isOfNetwork = ({ name, code }) => ['TypeError', 'TimeoutError'].includes(name) || UNHEARD.includes(code);

/** The push service refused, or was not reached: which of them it does not say. */
const isOfService = ({ name, code }) => name === 'AbortError' || code?.startsWith('messaging/token-');

async function look() {
  if (paused || !app?.session) return undefined;
  const may = permission();
  if (may !== 'granted') return become(may);
  if (await read('settings', OFF)) return become('off');
  takeAwayOver().catch(console.error);
  if (state === 'on' && Date.now() - looked < RECENT) return undefined;
  return connect();
}

async function connect() {
  if (!navigator.onLine && state !== 'on') return become('offline');
  const token = await pushToken(app.session, await theWorker());
  await register(app.session, token);
  stopFeed();
  stopFeed = await feed(app.session, token);
  looked = Date.now();
  return become('on');
}

function become(next) {
  if (next !== 'on') {
    stopFeed();
    stopFeed = () => {};
  }
  if (next !== state) changed((state = next));
}

/** Asks for the permission, after it was explained, and registers this browser. Only from a click. */
export async function switchOn() {
  await (permission() === 'default' ? ask() : null);
  navigator.storage?.persist?.().catch(console.error); // else a full phone may forget this browser's registration
  await write('settings', OFF, false);
  await refresh();
  return state;
}

/** While the resident is being erased nothing registers this browser again. @returns {Promise<void>} once it stands still */
export function pauseReceiving() {
  paused = true;
  return turn;
}

export function resumeReceiving() {
  paused = false;
  return refresh();
}

/** No more pushes to this browser: the document goes first, so that nothing is sent to what is gone. */
export async function switchOff(session = app.session) {
  await write('settings', OFF, true);
  await within(PATIENCE, unregister(session)); // without a network it is done when there is one
  await within(PATIENCE, dropToken(session).catch(() => {})); // FCM finds out by itself
  become(permission() === 'granted' ? 'off' : permission());
}
