// What an area is called in a text: its parts by name, with which of a street's houses are meant, in the text's language.

import { isNamed } from '../area/parts.js';

/** In the languages that texts are written in, which the page itself need not speak. */
const WORDS = {
  pl: { odd: 'numery nieparzyste', even: 'numery parzyste', one: 'nr', from: 'od nr', to: 'do nr', part: 'część', without: 'bez:' },
  en: { odd: 'odd numbers', even: 'even numbers', one: 'No.', from: 'from No.', to: 'to No.', part: 'part', without: 'without:' },
  uk: { odd: 'непарні номери', even: 'парні номери', one: '№', from: 'від №', to: 'до №', part: 'частина', without: 'без:' },
};

const wordsOf = (language) => WORDS[language] ?? WORDS.pl;

function houses({ parity, from, to }, words) {
  if (from && from === to) return `${words.one} ${from}`;
  const range = from && to ? [`${words.one} ${from}–${to}`] : [...(from ? [`${words.from} ${from}`] : []), ...(to ? [`${words.to} ${to}`] : [])];
  return [...range, ...(parity ? [words[parity]] : [])].join(', ');
}

/** "ul. Różana (nr 1–21)" @param {any} part @param {string} language */
const nameOf = (part, language) => (part.houses ? `${part.name} (${houses(part.houses, wordsOf(language))})` : part.name);

const isCalled = (part) => isNamed(part) && part.kind !== 'here' && part.name;

/** By what it covers; of a street that is not wholly inside no more is said than that. */
function fromCovers(covers, language) {
  const found = covers?.names ?? [];
  return found.map(({ name, inside, total }) => (inside < total ? `${name} (${wordsOf(language).part})` : name));
}

/**
 * @param {any[]} parts @param {any} covers what the area covers, null while it is not known
 * @param {string} language
 * @returns {string[]} none while nothing can be said
 */
export function placeNames(parts, covers, language) {
  const wanted = parts.filter(({ excluded }) => !excluded);
  const names = wanted.length && wanted.every(isCalled) ? wanted.map((part) => nameOf(part, language)) : fromCovers(covers, language);
  const without = parts.filter((part) => part.excluded && isCalled(part)).map((part) => nameOf(part, language));
  if (!names.length || !without.length) return names;
  return [...names.slice(0, -1), `${names.at(-1)} (${wordsOf(language).without} ${without.join(', ')})`];
}
