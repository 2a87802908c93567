// The app's own files: its entry and whatever that names, imports of imports too, so that no list can be forgotten.

const ENTRY = '/';
const FILES = /^\/(css|icons|js|sw|vendor)\/|^\/(manifest\.webmanifest|icon\.svg)$/;
/** Whether a path is one of the app's own files. */
export const isFile = (path) => FILES.test(path);

const TEXTS = /html|javascript|css/;
const BUSY = 429;

/** @typedef {{path: string, response: Response, etag: string | null, hash: string}} File */

/** @returns {Promise<File[]>} all of them @throws when one does not come */
export async function filesOf() {
  const known = new Set([ENTRY]);
  const files = [];
  let found = [ENTRY];
  while (found.length) {
    const loaded = await Promise.all(found.map(load));
    files.push(...loaded.flatMap((one) => (one ? [one.file] : [])));
    found = loaded.flatMap((one, index) => (one ? named(one.text, found[index]) : [])).filter((path) => !known.has(path) && known.add(path));
  }
  return files;
}

/** @returns {Promise<{file: File, text: string} | null>} null for what is not there: not all that looks like a name is one */
async function load(path) {
  const response = await fetch(path, { cache: 'no-cache' });
  if (response.status === BUSY || response.status >= 500 || (path === ENTRY && !response.ok)) throw new Error(`${path}: ${response.status}`);
  if (!response.ok) return null;
  const body = await response.clone().arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
  const text = TEXTS.test(response.headers.get('content-type') ?? '') ? new TextDecoder().decode(body) : '';
  return { file: { path, response, etag: response.headers.get('etag'), hash: digest.join(' ') }, text };
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
    .flatMap((url) => (url?.origin === origin && isFile(url.pathname) ? [url.pathname] : []));
}

/** Null for what is none. (`URL.canParse` came with Safari 17; pushes with 16.4.) */
function addressOf(word, base) {
  try {
    return new URL(word, base);
  } catch {
    return null;
  }
}
