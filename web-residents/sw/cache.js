// What works without a network: the app's own files, the list of municipalities, streets and public pages that were seen.
//
// Everything is asked of the network first (Hosting answers "not changed" in a few bytes), so that the files
// of one page belong together; the copy answers when the network does not, or is slow.

const SHELL = 'shell-1'; // files of the app
const PAGES = 'pages-1'; // public pages that were visited
const PAGES_KEPT = 30;
const PATIENCE = 4_000; // ms, when there is a copy to show instead
const ENTRY = '/'; // index.html, by the address Hosting gives it ("cleanUrls")
const FILES = /^\/(css|icons|js|sw|vendor)\/|^\/(manifest\.webmanifest|municipalities\.json|map\/\d{7}\.json|icon\.svg|__\/firebase\/init\.json)$/;
const APP = /^\/(app(\/.*)?|index\.html)?$/;
const PUBLIC = /^\/(a\/.+|alerts(\/.*)?)$/;

/** Which way an address goes; null: straight to the network, as if there were no worker (the API, other hosts). */
export function wayOf(url, { method, mode }, origin) {
  if (method !== 'GET' || url.origin !== origin) return null;
  if (mode === 'navigate') return APP.test(url.pathname) ? 'app' : PUBLIC.test(url.pathname) ? 'page' : null;
  return FILES.test(url.pathname) ? 'file' : null;
}

/** @param {FetchEvent} event */
export function answer(event) {
  const way = wayOf(new URL(event.request.url), event.request, self.location.origin);
  if (way === 'app') event.respondWith(fresh(event, SHELL, ENTRY));
  if (way === 'file') event.respondWith(fresh(event, SHELL, event.request));
  if (way === 'page') event.respondWith(fresh(event, PAGES, event.request));
}

async function fresh(event, name, key) {
  const cache = await caches.open(name);
  const asked = fetch(event.request).then((response) => {
    if (response.ok && !response.redirected) event.waitUntil(keep(cache, name, key, response.clone()));
    return response;
  });
  const copy = await cache.match(key, { ignoreVary: true });
  if (!copy) return asked;
  return Promise.race([asked.catch(() => copy), later(copy)]);
}

const later = (copy) => new Promise((resolve) => setTimeout(() => resolve(copy), PATIENCE));

async function keep(cache, name, key, response) {
  await cache.put(key, response);
  if (name !== PAGES) return;
  const oldest = (await cache.keys()).slice(0, -PAGES_KEPT);
  await Promise.all(oldest.map((request) => cache.delete(request)));
}

/** Takes in the app: its entry and whatever that names, imports of imports too, so that no list can be forgotten. */
export async function takeIn() {
  const cache = await caches.open(SHELL);
  const known = new Set([ENTRY]);
  let found = [ENTRY];
  while (found.length) {
    const texts = await Promise.all(found.map((path) => load(cache, path)));
    found = texts.flatMap((text, index) => named(text, found[index])).filter((path) => !known.has(path) && known.add(path));
  }
  await Promise.all(['/municipalities.json', '/__/firebase/init.json'].map((path) => load(cache, path)));
}

/** @returns {Promise<string>} the text of a page, module or style; empty for what is none, or is not there */
async function load(cache, path) {
  const response = await fetch(path, { cache: 'no-cache' }).catch(() => null);
  if (!response?.ok) {
    if (path === ENTRY) throw new Error('the app could not be taken in');
    return '';
  }
  await cache.put(path, response.clone());
  return /html|javascript|css/.test(response.headers.get('content-type') ?? '') ? response.text() : '';
}

const NAMES = [
  /(?:from|import)\s*\(?\s*["']([^"'\n]+)["']/g, // modules
  /(?:href|src)="([^"]+)"/g, // pages
  /url\(["']?([^"')]+)["']?\)/g, // styles
];

/** Addresses of our own files in a text. */
export function named(text, path, origin = self.location.origin) {
  const words = NAMES.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1]));
  return words
    .filter((word) => /^\.{0,2}\//.test(word))
    .map((word) => addressOf(word, origin + path))
    .flatMap((url) => (url?.origin === origin && FILES.test(url.pathname) ? [url.pathname] : []));
}

/** Null for what is none. (`URL.canParse` came with Safari 17; pushes with 16.4.) */
function addressOf(word, base) {
  try {
    return new URL(word, base);
  } catch {
    return null;
  }
}

/** Removes the caches of earlier workers. */
export async function tidy() {
  const old = (await caches.keys()).filter((name) => ![SHELL, PAGES].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
}
