// The sites' libraries, bundled from the pinned npm packages into web-admin/vendor and web-residents/vendor (neither
// is kept in git), and beside them the words of shared/vocabulary.json and shared/labels.json that their pages need, and
// what both sites have in common of web-shared.
// `node infra/vendor.mjs [--sizes]`; what is newer than the lock file and this is left as it is.

import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';
import { compileStringAsync } from 'sass';

import { ADMIN, ADMIN_STYLES, RESIDENTS, RESIDENTS_STYLES } from './vendor_modules.mjs';
import { bundled, notices } from './vendor_notices.mjs';
import { vendorWords } from './vendor_words.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SITES = {
  'web-admin': { modules: ADMIN, parts: ADMIN_STYLES },
  'web-residents': { modules: RESIDENTS, parts: RESIDENTS_STYLES, words: true },
};
const GOVUK = join(ROOT, 'node_modules/govuk-frontend/dist');
const SOURCES = [
  ...['vendor.mjs', 'vendor_modules.mjs', 'vendor_notices.mjs', 'vendor_words.mjs'].map((name) => `infra/${name}`),
  ...['shared/vocabulary.json', 'shared/labels.json', 'shared/search_words.json', 'package-lock.json'],
  'web-shared/app_check/start.js',
  ...['grades', 'matching', 'packed', 'search', 'words'].map((name) => `web-shared/search/${name}.js`),
].map((name) => join(ROOT, name));
const STAMP = 'LICENSES.txt'; // written last

const BESIDE = join(ROOT, 'web-admin/vendor'); // paths in a module's text hold for its types as well

const STYLED = ['node_modules/govuk-frontend', 'node_modules/ol'];

// Of the residents' site: Firestore brings a regular expression engine (46 KB gzipped) for pipelines, which no page uses.
const NO_PIPELINES = `
  export const RE2JS = { compile() { throw new Error('This build of Firestore has no pipelines.'); } };`;

// When its connection breaks, Firestore's channel asks www.google.com for a picture, only to count why. The pages talk to
// nobody for that; it stays possible for an address of one's own (`a.Ua`), which Firestore does not give.
const PING = ['if(b==2){var c=p(a.bb,a),d=a.Ua;', 'if(b==2&&a.Ua){var c=p(a.bb,a),d=a.Ua;'];

async function withoutPing({ path }) {
  const contents = await readFile(path, 'utf8');
  if (!contents.includes(PING[0])) throw new Error(`${path} is not as it was: look at how it pings, and mend infra/vendor.mjs`);
  return { contents: contents.replace(...PING), loader: 'js' };
}

async function upToDate(out) {
  const newest = async (files) => Math.max(...(await Promise.all(files.map((file) => stat(file)))).map((found) => found.mtimeMs));
  try {
    return (await newest([join(out, STAMP)])) > (await newest(SOURCES));
  } catch {
    return false;
  }
}

const fromText = (modules) => ({
  name: 'from-text',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^vendor:/ }, ({ path }) => ({ path: path.slice('vendor:'.length), namespace: 'vendor' }));
    onLoad({ filter: /.*/, namespace: 'vendor' }, ({ path }) => ({ contents: modules[path], resolveDir: BESIDE }));
    onResolve({ filter: /^re2js$/ }, () => ({ path: 're2js', namespace: 'left-out' }));
    onLoad({ filter: /webchannel_blob_es2018\.js$/ }, withoutPing);
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: NO_PIPELINES }));
  },
});

// With splitting, what two modules share is in a file of its own: firebase/app exists once, so that an app made
// with one module is known to the other.
const bundle = (out, modules) =>
  build({
    entryPoints: Object.keys(modules).map((name) => ({ in: `vendor:${name}`, out: name })),
    plugins: [fromText(modules)],
    outdir: out,
    chunkNames: 'shared-[hash]',
    splitting: true,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['browser', 'module'],
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'eof',
    metafile: true,
    absWorkingDir: ROOT,
    logLevel: 'warning',
  });

// What the type check (tsconfig.json) knows of a bundle: the packages' own types. Not deployed (firebase.json, ignore).
const types = (out, modules) =>
  Promise.all(Object.entries(modules).map(([name, text]) => writeFile(join(out, `${name}.d.ts`), text)));

// GOV.UK's typeface and crest are licensed for gov.uk alone.
async function partsOfGovuk(parts) {
  const base = `@use "govuk/base" with ($govuk-font-family: var(--font), $govuk-include-default-font-face: false);`;
  const source = [base, ...parts.map((part) => `@use "govuk/${part}" as *;`)].join('\n');
  return (await compileStringAsync(source, { loadPaths: [GOVUK], style: 'compressed' })).css;
}

async function styles(out, parts) {
  await writeFile(join(out, 'govuk-frontend.css'), await partsOfGovuk(parts));
  await build({ entryPoints: [join(ROOT, 'node_modules/ol/ol.css')], outfile: join(out, 'ol.css'), minify: true });
}

async function vendor(site, { modules, parts, words = false }) {
  const out = join(ROOT, site, 'vendor');
  if (await upToDate(out)) return;
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const [built] = await Promise.all([
    bundle(out, modules), types(out, modules), styles(out, parts), ...(words ? [vendorWords(ROOT, out)] : []),
  ]);
  await writeFile(join(out, STAMP), await notices(ROOT, new Set([...bundled(built), ...STYLED])));
}

const importsOf = (text) => [...text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)].map((found) => found[1]);

// A module with everything that it imports, gzipped.
async function loaded(out, name, seen = new Set()) {
  if (seen.has(name)) return 0;
  seen.add(name);
  const text = await readFile(join(out, name), 'utf8');
  let bytes = gzipSync(text).length;
  for (const needed of importsOf(text)) bytes += await loaded(out, needed, seen);
  return bytes;
}

async function printSizes(site) {
  const out = join(ROOT, site, 'vendor');
  const names = (await readdir(out)).filter((name) => /\.(js|css)$/.test(name) && !name.startsWith('shared-'));
  for (const name of names) {
    const kilobytes = (await loaded(out, name)) / 1024;
    console.log(`${kilobytes.toFixed(1).padStart(7)} KB  ${site}/vendor/${name}`);
  }
}

await Promise.all(Object.entries(SITES).map(([site, wanted]) => vendor(site, wanted)));
if (process.argv.includes('--sizes')) for (const site of Object.keys(SITES)) await printSizes(site);
