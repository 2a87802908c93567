// What of the residents' app is fetched together. The sources import a view when it is first opened; a file for each of
// them and for whatever several share would be seventy files, and each that is found by reading another one costs a slow
// network seconds. So the views of one stage of a visit are one file, and all that the first screen needs is another.

import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/** Modules that are imported when they are needed, relative to the site; those of a group are one file. */
export const GROUPS = {
  session: ['js/session/session.js'],
  begin: ['js/session/database.js', 'js/places/store.js'],
  place: ['js/places/new.js'],
  join: ['js/welcome/join.js'],
  // Not a stage: what most of them need of addresses and days, which would be a small file for each set of groups.
  register: ['js/places/picked.js', 'js/places/street_map.js', 'js/places/whole.js', 'js/shell/times.js'],
  alerts: [
    'js/alerts/list.js', 'js/alerts/alert.js', 'js/alerts/early.js', 'js/alerts/arrivals.js', 'js/receive/start.js', 'js/leave/still_here.js',
  ],
  more: [
    'js/places/list.js', 'js/places/edit.js', 'js/places/visit.js', 'js/settings/settings.js', 'js/receive/view.js', 'js/leave/me.js',
    'js/leave/export.js', 'js/leave/erase.js', 'js/welcome/about.js', 'js/welcome/contacts.js',
  ],
  map: ['js/places/map.js', 'js/places/house_map.js', 'js/alerts/area_map.js'],
  qr: ['js/places/qr.js'],
  messaging: ['vendor/messaging.js'],
  'app-check': ['vendor/app-check.js'],
  h3: ['vendor/h3.js'],
  ed25519: ['vendor/noble-ed25519.js'],
  ...Object.fromEntries(['pl', 'en', 'uk'].map((language) => [language, [`js/i18n/${language}.js`, `vendor/labels-${language}.js`]])),
};

/** What is there by then: it is named in the group as well, so that it is in one file however many groups need it. */
const AFTER = {
  begin: ['session'],
  place: ['session', 'begin', 'register'],
  join: ['register'],
  alerts: ['session', 'begin', 'register'],
  more: ['session', 'begin', 'place', 'register'],
  map: ['register'],
  messaging: ['session'],
  'app-check': ['session'],
};

const LATER = /\bimport\('(\.[^']+)'\)/g; // types in comments, too: no harm
const NOW = /^(?:import|export)\s[^;]*?from '(\.[^']+)'/gm;

const nameOf = (path) => path.replace(/\.js$/, '').replaceAll(/\W/g, '_');

const groupOf = (path) => Object.keys(GROUPS).find((name) => GROUPS[name].includes(path));

/**
 * esbuild's plugin: `import('./list.js')` becomes the import of its group, and its part of that. Every group names the
 * modules of the first screen, too: esbuild puts together what the same groups need.
 * @param {string} site its folder @param {string} entry relative to it
 */
export const inGroups = (site, entry) => ({
  name: 'in-groups',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^group:/ }, ({ path }) => ({ path: path.slice('group:'.length), namespace: 'group' }));
    onLoad({ filter: /.*/, namespace: 'group' }, async ({ path }) => ({ contents: await together(path, site, entry), resolveDir: site }));
    onLoad({ filter: /\.js$/ }, async ({ path }) => (path.startsWith(join(site, 'js') + sep) ? { contents: await grouped(path, site) } : null));
  },
});

async function together(name, site, entry) {
  const before = [...(await reached(site, entry)), ...(AFTER[name] ?? []).flatMap((group) => GROUPS[group])];
  return [...before.map((path) => `import './${path}';`), ...GROUPS[name].map((path) => `export * as ${nameOf(path)} from './${path}';`)].join('\n');
}

async function grouped(path, site) {
  const text = await readFile(path, 'utf8');
  return text.replaceAll(LATER, (whole, named) => {
    const wanted = relative(site, join(dirname(path), named));
    const group = groupOf(wanted);
    return group ? `import('group:${group}').then((group) => group.${nameOf(wanted)})` : whole;
  });
}

/** What a module imports at once, and what that does, but not itself. */
async function reached(site, entry) {
  const found = new Set([entry]);
  for (const path of found) {
    const text = path.startsWith('vendor') ? '' : await readFile(join(site, path), 'utf8');
    for (const [, named] of text.matchAll(NOW)) found.add(join(dirname(path), named));
  }
  found.delete(entry);
  return [...found].sort();
}
