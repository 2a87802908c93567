// What works without a network: the app as one release of it (release.js), what it asks for, public pages that were seen.
//
// The app comes from the phone, so that it is there at once and its files belong together. What changes by itself is
// asked of the network first; the copy answers when the network does not, is slow, or has nothing better than "busy".

import { asCopy } from './copies.js';
import { isFile } from './files.js';
import { ofRelease } from './release.js';

const DATA = 'data-1'; // municipalities, streets and addresses, the project
const PAGES = 'pages-1'; // public pages that were visited
const KEPT = { [DATA]: 30, [PAGES]: 30 };
const PATIENCE = 2_500; // ms, when there is a copy to show instead
const ENTRY = '/'; // index.html, by the address Hosting gives it ("cleanUrls")
const CHANGING = /^\/(municipalities\.json|map\/\d{7}\.json|search\/\d{7}(\/\d{1,3})?\.json|__\/firebase\/init\.json)$/;
const APP = /^\/(app(\/.*)?|index\.html)?$/;
const PUBLIC = /^\/(a\/.+|alerts(\/.*)?)$/;

/** Which way an address goes; null: straight to the network, as if there were no worker (the API, other hosts). */
export function wayOf(url, { method, mode }, origin) {
  if (method !== 'GET' || url.origin !== origin) return null;
  if (mode === 'navigate') return APP.test(url.pathname) ? 'app' : PUBLIC.test(url.pathname) ? 'page' : null;
  return isFile(url.pathname) ? 'file' : CHANGING.test(url.pathname) ? 'data' : null;
}

/** @param {FetchEvent} event */
export function answer(event) {
  const way = wayOf(new URL(event.request.url), event.request, self.location.origin);
  if (way === 'app') event.respondWith(released(event, ENTRY));
  if (way === 'file') event.respondWith(released(event, event.request));
  if (way === 'data') event.respondWith(fresh(event, DATA, (copy) => copy));
  if (way === 'page') event.respondWith(fresh(event, PAGES, asCopy));
}

/** From the release that the page began with; what it does not have, from the network. */
async function released(event, key) {
  const copy = await ofRelease(event, key).catch(console.error);
  return copy ?? fetch(event.request);
}

/** The server is there and has nothing to say: that is no better than no answer. */
const isBusy = ({ status }) => status === 429 || status >= 500;

async function fresh(event, name, marked) {
  const cache = await caches.open(name);
  const asked = fetch(event.request).then((response) => {
    if (response.ok && !response.redirected) event.waitUntil(keep(cache, name, event.request, response.clone()).catch(console.error));
    return response;
  });
  const copy = await cache.match(event.request, { ignoreVary: true });
  if (!copy) return asked;
  const usable = asked.then((response) => (isBusy(response) ? null : response)).catch(() => null);
  return (await Promise.race([usable, later()])) ?? marked(copy);
}

const later = () => new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE));

async function keep(cache, name, key, response) {
  await cache.put(key, response);
  const oldest = (await cache.keys()).slice(0, -KEPT[name]);
  await Promise.all(oldest.map((request) => cache.delete(request)));
}

/** Removes the caches of earlier workers, which kept the app's files one by one. */
export const tidy = () => caches.delete('shell-1');
