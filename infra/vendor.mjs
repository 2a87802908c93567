// The pages' libraries, bundled from the pinned npm packages into web-admin/vendor (not kept in git).
// `node infra/vendor.mjs`; does nothing when the result is newer than the lock file and this file.

import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const OUT = join(ROOT, 'web-admin', 'vendor');
const STAMP = join(OUT, 'LICENSES.txt');

// What the pages use of each library; the rest is left out of the bundle.
const MODULES = {
  'lit-html': `
    export { html, nothing, render, svg } from 'lit-html';
    export { live } from 'lit-html/directives/live.js';
    export { ref } from 'lit-html/directives/ref.js';
    export { repeat } from 'lit-html/directives/repeat.js';`,
  firebase: `
    export { initializeApp } from 'firebase/app';
    export {
      browserLocalPersistence, connectAuthEmulator, getMultiFactorResolver, indexedDBLocalPersistence,
      initializeAuth, onAuthStateChanged, signInWithEmailAndPassword, signOut, TotpMultiFactorGenerator,
    } from 'firebase/auth';
    export { connectFirestoreEmulator, doc, getFirestore, onSnapshot } from 'firebase/firestore';`,
  ol: `
    export { default as Kinetic } from 'ol/Kinetic.js';
    export { default as Map } from 'ol/Map.js';
    export { default as View } from 'ol/View.js';
    export { default as Feature } from 'ol/Feature.js';
    export { default as GeoJSON } from 'ol/format/GeoJSON.js';
    export { default as Polygon, circular } from 'ol/geom/Polygon.js';
    export { default as VectorLayer } from 'ol/layer/Vector.js';
    export { default as VectorSource } from 'ol/source/Vector.js';
    export { default as ScaleLine } from 'ol/control/ScaleLine.js';
    export { defaults as defaultControls } from 'ol/control/defaults.js';
    export { default as DragPan } from 'ol/interaction/DragPan.js';
    export { default as Draw } from 'ol/interaction/Draw.js';
    export { default as Modify } from 'ol/interaction/Modify.js';
    export { default as MouseWheelZoom } from 'ol/interaction/MouseWheelZoom.js';
    export { default as Snap } from 'ol/interaction/Snap.js';
    export { defaults as defaultInteractions } from 'ol/interaction/defaults.js';
    export { all, focusWithTabindex, never, noModifierKeys, primaryAction } from 'ol/events/condition.js';
    export { fromLonLat, toLonLat } from 'ol/proj.js';
    export { getArea, getDistance } from 'ol/sphere.js';
    export { Circle, Fill, Stroke, Style, Text } from 'ol/style.js';`,
};

const LICENSE_FILES = { 'lit-html': 'lit-html/LICENSE', ol: 'ol/LICENSE.md' };
const LICENSE_NOTES = [
  'govuk-frontend\n\nMIT License, https://opensource.org/license/mit\nCopyright Crown (Government Digital Service)\n',
  'firebase\n\nApache License 2.0, https://www.apache.org/licenses/LICENSE-2.0\nCopyright Google LLC\n',
];

async function upToDate() {
  const newest = async (...files) => Math.max(...(await Promise.all(files.map(stat))).map((s) => s.mtimeMs));
  try {
    const sources = [fileURLToPath(import.meta.url), join(ROOT, 'package-lock.json')];
    return (await newest(STAMP)) > (await newest(...sources));
  } catch {
    return false;
  }
}

const bundle = (name, contents) =>
  build({
    stdin: { contents, resolveDir: ROOT, sourcefile: `${name}.js` },
    outfile: join(OUT, `${name}.js`),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['browser', 'module'],
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'eof',
    logLevel: 'warning',
  });

// GOV.UK's typeface and crest are licensed for gov.uk alone.
function withoutFontsAndCrest(css) {
  return css
    .replace(/@font-face\{[^}]*\}/g, '')
    .replace(/font-family:GDS Transport,arial,sans-serif/g, 'font-family:var(--font)')
    .replace(/url\(\/assets\/[^)]*\)/g, 'none');
}

async function styles() {
  const govuk = join(ROOT, 'node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css');
  await writeFile(join(OUT, 'govuk-frontend.css'), withoutFontsAndCrest(await readFile(govuk, 'utf8')));
  await build({ entryPoints: [join(ROOT, 'node_modules/ol/ol.css')], outfile: join(OUT, 'ol.css'), minify: true });
}

async function licenses() {
  const texts = Object.entries(LICENSE_FILES).map(
    async ([name, file]) => `${name}\n\n${await readFile(join(ROOT, 'node_modules', file), 'utf8')}`,
  );
  const all = [...(await Promise.all(texts)), ...LICENSE_NOTES];
  await writeFile(STAMP, all.join(`\n${'-'.repeat(72)}\n\n`));
}

if (!(await upToDate())) {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  await Promise.all([...Object.entries(MODULES).map(([name, source]) => bundle(name, source)), styles()]);
  await licenses();
}
