// firebase.json of a deployment that has App Check switched on: both apps may load reCAPTCHA and ask App Check, and nothing else
// changes. `node infra/app_check.mjs` writes firebase.app-check.json beside firebase.json; deploy with `--config` of it
// (docs/operations.md). Every other deployment names none of these addresses.

import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const APPS = '**'; // the rule of both apps; the public pages of alerts have one of their own
// reCAPTCHA docs, "Content-Security-Policy"; @firebase/app-check, BASE_ENDPOINT.
const ADDED = {
  'script-src': ['https://www.google.com/recaptcha/', 'https://www.gstatic.com/recaptcha/'],
  'frame-src': ['https://www.google.com/recaptcha/', 'https://recaptcha.google.com/recaptcha/'],
  'connect-src': ['https://content-firebaseappcheck.googleapis.com', 'https://www.google.com/recaptcha/'],
};

function widened(policy) {
  const directives = new Map(policy.split('; ').map((text) => text.split(/ (.*)/s, 2)));
  for (const [name, sources] of Object.entries(ADDED)) directives.set(name, [directives.get(name), ...sources].filter(Boolean).join(' '));
  return [...directives].map((pair) => pair.join(' ')).join('; ');
}

const header = (one) => (one.key === 'Content-Security-Policy' ? { ...one, value: widened(one.value) } : one);

const rule = (one) => (one.source === APPS ? { ...one, headers: one.headers.map(header) } : one);

const { hosting, ...rest } = JSON.parse(await readFile(join(ROOT, 'firebase.json'), 'utf8'));
const sites = hosting.map((site) => ({ ...site, headers: site.headers.map(rule) }));
const out = process.argv[2] ?? join(ROOT, 'firebase.app-check.json');
await writeFile(out, `${JSON.stringify({ ...rest, hosting: sites }, null, 2)}\n`);
