// Names of streets and localities as one enumeration, as shared/domain/facts/names.py makes it.

import { factRules } from '../api/vocabulary.js';
import { plainly } from './plainly.js';

/** A comma within a name would look like that between two: "ul. Różana, Zawada". */
function one(name) {
  const plain = plainly(name);
  if (plain.includes('(')) return plain; // what stands in brackets already
  const [first, ...rest] = plain.split(',').map((part) => part.trim());
  const more = rest.filter(Boolean).join(', ');
  return more ? `${first} (${more})` : first;
}

/** The kind of street once for all that have it; what has none comes first: "ul. Różana i Zawada" would make it a street. */
function withKinds(names, translated) {
  const grouped = new Map([['', /** @type {string[]} */ ([])]]);
  for (const name of names) {
    const [kind] = name.split(' ', 1);
    const known = kind.length + 1 < name.length && factRules().prefixes.includes(kind);
    const group = known ? kind : '';
    grouped.set(group, [...(grouped.get(group) ?? []), known ? name.slice(kind.length + 1) : name]);
  }
  return [...grouped].flatMap(([kind, members]) => members.map((name, place) => (kind && !place ? `${translated[kind] ?? kind} ${name}` : name)));
}

/** @param {string[]} names @param {string} language @param {number} most names that are said before "and others" */
export function joinedNames(names, language, most) {
  const words = factRules().languages[language];
  const said = withKinds([...new Set(names.filter((name) => name.trim()).map(one))], words.prefixes);
  if (said.length > most) return said.slice(0, Math.max(most - 1, 1)).join(', ') + words.others;
  return said.length > 1 ? [said.slice(0, -1).join(', '), said.at(-1)].join(words.and) : said.join('');
}
