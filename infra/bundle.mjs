// The residents' site as it is deployed: web-residents/built, made of web-residents (docs/adr/0029). Few files, so that a slow
// network asks seldom; named by their content, so that those of two releases are never taken for each other.
// `node infra/bundle.mjs [--sizes]`; what is newer than its sources is left as it is.

import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { inGroups } from './bundle_groups.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SITE = join(ROOT, 'web-residents');
const OUT = join(SITE, 'built');
const SCRIPTS = ['bundle.mjs', 'bundle_groups.mjs'].map((name) => join(ROOT, 'infra', name));

const ENTRY = 'js/main.js';
const STYLES = 'css/app.css';
const NEXT = ['session', 'begin']; // the groups that follow the first screen, and every later start
const FIRST_STEP = ['place']; // and that the first of the steps needs
const WORKER = 'sw.js';
const PUBLIC_PAGE = 'js/verify/page.js'; // functions/public_api/templates/alert.html names it
const PAGE = 'index.html'; // written last
const AS_THEY_ARE = ['404.html', 'css/public.css', 'icon.svg', 'icons', 'manifest.webmanifest', 'vendor/LICENSES.txt', 'vendor/ol.css', 'well-known'];
const SITE_KEY = process.env.APP_CHECK_SITE_KEY ?? ''; // of the deployment that has App Check switched on
const CONFIG = '/__/firebase/init.json'; // sw/config.js

const OPTIONS = {
  absWorkingDir: SITE,
  outdir: OUT,
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  charset: 'utf8',
  target: 'es2022',
  legalComments: 'none', // vendor/LICENSES.txt has all of them
  logLevel: 'warning',
};

/** Builds the site anew if a source is newer than it; once, however many ask meanwhile. */
export function bundle() {
  building ??= build().finally(() => (building = null));
  return building;
}
/** @type {Promise<void> | null} */
let building = null;

async function build() {
  if (!/^[\w-]*$/.test(SITE_KEY)) throw new Error('APP_CHECK_SITE_KEY is no key of reCAPTCHA Enterprise');
  if (await upToDate()) return;
  const { build: run } = await import('esbuild');
  const named = { entryNames: '[ext]/[name]-[hash]', chunkNames: '[ext]/[name]-[hash]' };
  const modules = { format: 'esm', splitting: true };
  const [app, styles, worker, page] = await Promise.all([
    run({ ...OPTIONS, ...modules, ...named, entryPoints: [ENTRY], plugins: [inGroups(SITE, ENTRY)] }),
    run({ ...OPTIONS, ...named, entryPoints: [STYLES] }),
    run({ ...OPTIONS, format: 'iife', entryPoints: [WORKER] }), // Firefox before 147 starts no worker that is a module
    run({ ...OPTIONS, ...modules, ...named, entryNames: '[dir]/[name]', outbase: '.', entryPoints: [PUBLIC_PAGE] }),
  ]);
  const made = [app, styles, worker, page].flatMap(({ outputFiles }) => outputFiles);
  for (const { path, contents } of made) await put(path, contents);
  for (const name of AS_THEY_ARE) await cp(join(SITE, name), join(OUT, name), { recursive: true, preserveTimestamps: true });
  await put(join(OUT, PAGE), pageOf(await readFile(join(SITE, PAGE), 'utf8'), app.metafile, styles.metafile));
  await forgetOthers(new Set(made.map(({ path }) => path)));
}

async function upToDate() {
  const built = await stat(join(OUT, PAGE)).catch(() => null);
  if (!built || !(await isOfThisDeployment())) return false;
  const names = await readdir(SITE, { recursive: true });
  const sources = names.filter((name) => name !== 'built' && !name.startsWith('built/')).map((name) => join(SITE, name));
  const found = await Promise.all([...SCRIPTS, ...sources].map((path) => stat(path)));
  return found.every(({ mtimeMs }) => mtimeMs < built.mtimeMs);
}

const attested = () => (SITE_KEY ? `<meta name="app-check" content="${SITE_KEY}">\n    ` : '');

async function isOfThisDeployment() {
  const page = await readFile(join(OUT, PAGE), 'utf8');
  return page.includes('<meta name="app-check"') ? Boolean(SITE_KEY) && page.includes(attested()) : !SITE_KEY;
}

/** Whole at every moment: others may be serving the site, or building it. */
async function put(path, contents) {
  await mkdir(dirname(path), { recursive: true });
  const other = `${path}.${process.pid}`;
  await writeFile(other, contents);
  await rename(other, path);
}

/** Files of the builds before, by their names of content. */
async function forgetOthers(made) {
  for (const folder of ['js', 'css']) {
    const paths = (await readdir(join(OUT, folder))).filter((name) => name.includes('-')).map((name) => join(OUT, folder, name));
    await Promise.all(paths.filter((path) => !made.has(path)).map((path) => rm(path, { force: true })));
  }
}

const outputsOf = ({ outputs }) => Object.fromEntries(Object.entries(outputs).map(([path, output]) => [address(path), output]));

const address = (path) => `/${relative(OUT, join(SITE, path))}`;

const outputOf = (outputs, entry) => Object.keys(outputs).find((path) => outputs[path].entryPoint === entry);

/** A file and all that it imports at once. */
function withImports(outputs, path) {
  const found = new Set([path]);
  for (const one of found) {
    const named = outputs[one].imports.filter(({ kind, external }) => kind === 'import-statement' && !external);
    named.forEach((imported) => found.add(address(imported.path)));
  }
  return [...found];
}

/**
 * The page with its files by their names: all that the first screen needs is asked for at once, and what follows it is
 * named for js/welcome/ahead.js.
 */
function pageOf(text, app, styles) {
  const outputs = outputsOf(app);
  const [main, ...first] = withImports(outputs, outputOf(outputs, ENTRY));
  const behind = (groups) => groups.flatMap((name) => withImports(outputs, outputOf(outputs, `group:${name}`)));
  const next = new Set(behind(NEXT).filter((path) => path !== main && !first.includes(path)));
  const step = new Set(behind(FIRST_STEP).filter((path) => path !== main && !first.includes(path) && !next.has(path)));
  const links = [
    ...first.map((path) => `<link rel="modulepreload" href="${path}">`),
    `<link rel="ahead" href="${CONFIG}" as="fetch" crossorigin>`,
    ...[...next].map((path) => `<link rel="ahead" href="${path}">`),
    ...[...step].map((path) => `<link rel="ahead" href="${path}" data-step>`),
  ];
  return replaced(text, {
    '<title>': `${attested()}<title>`,
    [`href="${STYLES}"`]: `href="${outputOf(outputsOf(styles), STYLES)}"`,
    [`<script type="module" src="${ENTRY}"></script>`]: [...links, `<script type="module" src="${main}"></script>`].join('\n    '),
  });
}

function replaced(text, changes) {
  for (const [from, to] of Object.entries(changes)) {
    if (!text.includes(from)) throw new Error(`${PAGE} has no ${from}`);
    text = text.replace(from, () => to);
  }
  return text;
}

async function printSizes() {
  for (const name of (await readdir(OUT, { recursive: true })).filter((one) => /\.(css|html|js)$/.test(one))) {
    const kilobytes = gzipSync(await readFile(join(OUT, name))).length / 1024;
    console.log(`${kilobytes.toFixed(1).padStart(7)} KB  web-residents/built/${name}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundle();
  if (process.argv.includes('--sizes')) await printSizes();
}
