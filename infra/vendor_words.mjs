// The vocabulary as modules of the residents' site: `vocabulary.js`, and `labels-<language>.js`, how people read it. The
// staff's page asks the API for it.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

// What of each word a resident's app needs.
const NEEDED = {
  languages: ['value', 'name', 'locale'],
  groups: ['value'],
  categories: ['value', 'group'],
  severities: ['value'],
  kinds: ['value'],
  states: ['value', 'public'],
  hazards: ['value', 'cap'],
  urgencies: ['value'],
  certainties: ['value'],
  responses: ['value'],
};
const READ = ['group', 'category', 'severity', 'kind', 'hazard', 'urgency', 'certainty', 'response', 'fact', 'mark'];

const pick = (entry, names) => Object.fromEntries(names.filter((name) => name in entry).map((name) => [name, entry[name]]));

const jsonOf = async (root, name) => JSON.parse(await readFile(join(root, 'shared', `${name}.json`), 'utf8'));

const module = (out, name, value) => writeFile(join(out, `${name}.js`), `export default ${JSON.stringify(value)};\n`);

const needed = (vocabulary) =>
  Object.fromEntries(Object.entries(NEEDED).map(([kind, names]) => [kind, vocabulary[kind].map((entry) => pick(entry, names))]));

export async function vendorWords(root, out) {
  const [vocabulary, labels] = await Promise.all([jsonOf(root, 'vocabulary'), jsonOf(root, 'labels')]);
  const read = Object.entries(labels).map(([language, words]) => module(out, `labels-${language}`, pick(words, READ)));
  return Promise.all([module(out, 'vocabulary', needed(vocabulary)), ...read]);
}
