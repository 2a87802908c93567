// The staff's site as it is deployed: web-admin/built, each file of web-admin under its own name, modules and styles without what only
// people read: comments, space, long names within a module (docs/adr/0009).
// `node infra/strip.mjs`; what was made of a file as it is now is left as it is.

import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SITE = join(ROOT, 'web-admin');
const OUT = join(SITE, 'built');
const SCRIPT = fileURLToPath(import.meta.url);
const PRECISION = 2; // ms, of a time that is set
const OWN = /^(css|js)\//; // what is in vendor is stripped already
const BEING_MADE = /\.\d+$/; // by another process
const NOT_DEPLOYED = /^built(\/|$)|\.d\.ts$/;
const STRIPPED = { minify: true, charset: 'utf8', target: 'es2022', legalComments: 'none' };

/** Makes anew what a source is newer than, and forgets what has none any more; once, however many ask meanwhile. */
export function strip() {
  stripping ??= stripAll().finally(() => (stripping = null));
  return stripping;
}
/** @type {Promise<void> | null} */
let stripping = null;

async function stripAll() {
  const sources = (await filesOf(SITE)).filter((name) => !NOT_DEPLOYED.test(name));
  await Promise.all(sources.map(one));
  const gone = (await filesOf(OUT)).filter((name) => !sources.includes(name) && !BEING_MADE.test(name));
  await Promise.all(gone.map((name) => rm(join(OUT, name), { force: true })));
}

async function filesOf(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
}

async function one(name) {
  const [from, to] = [join(SITE, name), join(OUT, name)];
  const [source, made, script] = await Promise.all([stat(from), stat(to).catch(() => null), stat(SCRIPT)]);
  if (made && Math.abs(made.mtimeMs - source.mtimeMs) < PRECISION && made.ctimeMs > script.mtimeMs) return;
  await mkdir(dirname(to), { recursive: true });
  const other = `${to}.${process.pid}`; // whole at every moment: others may be serving the site, or making it
  await writeFile(other, await stripped(name, await readFile(from)));
  await utimes(other, source.atime, source.mtime);
  await rename(other, to);
}

async function stripped(name, contents) {
  if (!OWN.test(name)) return contents;
  const { transform } = await import('esbuild');
  return (await transform(contents, { ...STRIPPED, loader: /** @type {'js' | 'css'} */ (extname(name).slice(1)) })).code;
}

if (process.argv[1] === SCRIPT) await strip();
