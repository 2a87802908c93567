// What people type and what the register writes, brought to the same words; shared/domain/search/words.py does it alike.

import rules from '../../shared/search_words.json';

/** @typedef {{words: string[], house: string}} Query words of a name, and the number of a house or an empty text */

/** @type {Map<string, string>} */
const CANONICAL = new Map(Object.entries(rules.forms).flatMap(([word, forms]) => forms.map((form) => [form, word])));
/** @type {Record<string, string[]>} */
const FORMS = rules.forms;
const LEFT_OUT = new Set(rules.left_out);
const OPTIONAL = new Set(rules.optional);
const { postcode, spaced, flat, ordinal, house } = rules.patterns;
const [POSTCODE, SPACED, FLAT, ORDINAL] = [postcode, spaced, flat, ordinal].map((pattern) => new RegExp(pattern, 'g'));
const HOUSE = new RegExp(house);

/** In lower case and without diacritics; ł is none in Unicode. @param {string} text */
export const folded = (text) =>
  text.trim().replace(/\s+/g, ' ').toLowerCase().normalize('NFKD').replaceAll('ł', 'l').replace(/\p{M}/gu, '');

/** The abbreviation of a word that has one. @param {string} word */
export const canonical = (word) => CANONICAL.get(word) ?? word;

/** All that a word may be typed as. @param {string} word */
export const formsOf = (word) => FORMS[word] ?? [word];

/** Kinds of streets and titles are left out by many, and added by others. @param {string} word */
export const isOptional = (word) => OPTIONAL.has(canonical(word));

/** What tells nothing is left out, unless it is all there is. @param {string} text */
function split(text) {
  const words = text.split(/[^a-z0-9]+/).filter(Boolean);
  const telling = words.filter((word) => !LEFT_OUT.has(canonical(word)));
  return telling.length ? telling : words;
}

/** Abbreviations and what they stand for are one word. @param {string} name */
export const wordsOf = (name) => split(folded(name).replace(ORDINAL, '$1')).map(canonical);

/** @param {string} text */
const typed = (text) => split(text).slice(0, rules.most_words);

/** 12A, 12 a and 12a are one house. @param {string} number */
export const foldedNumber = (number) => folded(number).replaceAll(' ', '');

/**
 * As a name alone, and with a house's number if it may have one: "3 Maja" has none, "Główna 12A" has.
 * @param {string} text @returns {Query[]}
 */
export function readings(text) {
  const beginning = [...text].slice(0, rules.most_characters).join('');
  const said = [POSTCODE, SPACED, FLAT, ORDINAL].reduce((rest, pattern) => rest.replace(pattern, '$1'), folded(beginning));
  const [, before, number, after] = HOUSE.exec(said) ?? [];
  const queries = [{ words: typed(said), house: '' }];
  if (number) queries.push({ words: typed(`${before} ${after}`), house: foldedNumber(number) });
  return queries.filter(({ words }) => words.length);
}
