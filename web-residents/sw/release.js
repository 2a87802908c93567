// The app's files as one release: taken in whole, and given whole to a page from its start to its end.
//
// A deployment changes all files at once (Firebase Hosting), but who reads them one after the other can meet both
// releases. So they are read, asked once more whether all are still the same, and only then become the one that
// pages start with. A page keeps the release it began with, however long it stays open.

import { filesOf } from './files.js';

const PREFIX = 'release-'; // each in a cache of its own, by a hash of its files
const REGISTER = 'releases'; // which of them is current, and which one each page began with
const CURRENT = '/current';
const OFTEN = 15 * 60_000; // ms between two questions whether there is a newer one
const ROUNDS = 3; // so often a deployment may come in between

const pageKey = (client) => `/page/${client}`;
const begun = new Map(); // the register's pages, for as long as this worker lives

async function noted(key) {
  if (begun.has(key)) return begun.get(key);
  const found = await (await (await caches.open(REGISTER)).match(key))?.text();
  if (!begun.has(key)) begun.set(key, found); // it may have been noted meanwhile
  return begun.get(key);
}

async function note(key, name) {
  if (ended) refuse();
  begun.set(key, name);
  const register = await caches.open(REGISTER);
  await register.put(key, new Response(name, { headers: { date: new Date().toUTCString() } }));
}

/** @param {FetchEvent} event @param {string | Request} key @returns {Promise<Response | undefined>} undefined: nothing is kept */
export async function ofRelease({ clientId, resultingClientId, request }, key) {
  const begins = request.mode === 'navigate';
  const name = (begins || !clientId ? null : await noted(pageKey(clientId))) ?? (await noted(CURRENT));
  if (!name || !(await caches.has(name))) return undefined;
  if (begins && resultingClientId) await note(pageKey(resultingClientId), name).catch(console.error);
  return (await caches.open(name)).match(key, { ignoreVary: true });
}

let taking = null;
let ended = false; // the resident has erased themselves

/** Looks for a newer release, seldom; one that cannot be had whole leaves the phone as it is. @returns {Promise<void>} */
export function takeIn(now = Date.now()) {
  taking ??= take(now).finally(() => (taking = null));
  return taking;
}

/** Whether anything may be kept, or goes on being. */
export function mayKeep(may) {
  ended = !may;
  if (ended) begun.clear();
}

async function take(now) {
  const register = await caches.open(REGISTER);
  const known = await register.match(CURRENT);
  const age = now - Date.parse(known?.headers.get('date') ?? '');
  if (age >= 0 && age < OFTEN) return;
  const found = await settled();
  if (!(await caches.has(found.name))) await keep(found);
  await note(CURRENT, found.name);
  await tidy(found.name);
}

/** @throws when the site changes under every attempt, or does not answer */
async function settled() {
  for (let round = 0; round < ROUNDS; round += 1) {
    const files = await filesOf();
    const name = PREFIX + (await hashOf(files));
    if ((await caches.has(name)) || (await stand(files))) return { name, files };
  }
  throw new Error('the site is being deployed');
}

/** Whether all are still what they were a moment ago. */
async function stand(files) {
  const asked = await Promise.all(files.map(async ({ path, etag }) => !etag || (await etagOf(path)) === etag));
  return asked.every(Boolean);
}

const etagOf = async (path) => (await fetch(path, { method: 'HEAD', cache: 'no-store' })).headers.get('etag');

async function hashOf(files) {
  const parts = files.map(({ path, hash }) => `${path} ${hash}`).sort();
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(parts.join('\n')));
  return [...new Uint8Array(digest.slice(0, 8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function refuse() {
  throw new Error('nothing is kept of one who has left');
}

async function keep({ name, files }) {
  const cache = await caches.open(name);
  try {
    for (const { path, response } of files) await (ended ? refuse() : cache.put(path, response));
  } catch (error) {
    await caches.delete(name); // the phone is full: half a release is worse than none
    throw error;
  }
}

/** Forgets pages that are closed and releases that no page stands on; a page that began before there was one has this one now. */
async function tidy(current) {
  const { clients } = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
  const open = new Set((await clients.matchAll({ type: 'window' })).map(({ id }) => pageKey(id)));
  const register = await caches.open(REGISTER);
  const pages = (await register.keys()).map(({ url }) => new URL(url).pathname).filter((key) => key !== CURRENT);
  await Promise.all(pages.filter((key) => !open.has(key)).map((key) => register.delete(key)));
  await Promise.all([...open].filter((key) => !pages.includes(key)).map((key) => note(key, current)));
  const used = new Set([current, ...(await Promise.all([...open].map(noted)))]);
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && !used.has(name));
  await Promise.all(old.map((name) => caches.delete(name)));
}
