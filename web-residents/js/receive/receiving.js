// Receiving in this browser: on, off, or what stands in the way. One state, which the banner and the view show.

import { read, write } from '../../sw/state.js';
import { register, unregister } from './device.js';
import { ask, onPermissionChange, permission } from './permission.js';
import { sendReceipts } from './receipts.js';
import { takeAwayOver } from './standing.js';
import { dropToken, feed, pushToken } from './token.js';
import { startWorker } from './worker.js';

const OFF = 'receiving-off';
const RECENT = 3600 * 1000; // ms; looking costs up to eight reads

/**
 * "starting" until the first answer, then permission.js's, with "granted" taken apart: "on", "off" (the resident switched
 * it off here), "failed" (the push service or the network refused), "offline" (granted; not known to be registered).
 * @typedef {"starting" | "unsupported" | "needs-home-screen" | "default" | "denied" | "on" | "off" | "failed" | "offline"} State
 */

let app = null;
let changed = () => {};
let stopFeed = () => {};
let worker = null;
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
  if ('serviceWorker' in navigator) {
    worker ??= startWorker(app.session.config);
    worker.catch(() => (worker = null)).then(sendReceipts);
  }
  await refresh();
}

function watch() {
  onPermissionChange(refresh);
  addEventListener('online', () => {
    refresh();
    sendReceipts();
  });
}

/** One after the other: two at once could take two slots. */
export function refresh() {
  turn = turn.then(look).catch((error) => {
    console.error(error);
    become('failed');
  });
  return turn;
}

async function look() {
  if (!app?.session) return undefined;
  const may = permission();
  if (may !== 'granted') return become(may);
  if (await read('settings', OFF)) return become('off');
  takeAwayOver(app.session.db).catch(console.error);
  if (state === 'on' && Date.now() - looked < RECENT) return undefined;
  return connect();
}

async function connect() {
  if (!navigator.onLine && state !== 'on') return become('offline');
  const registration = await (worker ??= startWorker(app.session.config));
  const token = await pushToken(app.session, registration);
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
  await write('settings', OFF, false);
  await refresh();
  return state;
}

/** No more pushes to this browser: the document goes first, so that nothing is sent to what is gone. */
export async function switchOff(session = app.session) {
  await write('settings', OFF, true);
  await unregister(session);
  await dropToken(session).catch(() => {}); // FCM finds out by itself
  become(permission() === 'granted' ? 'off' : permission());
}
