// The words of the app, a language a file, and how the vocabulary reads in it; they are fetched when it is first spoken.
// Those of the first screen are there at once, in all languages: who is new on a slow network waits for nothing else.

import vocabulary from '../../vendor/vocabulary.js';
import verify from '../verify/words.js';
import en from './first_en.js';
import pl from './first_pl.js';
import uk from './first_uk.js';

const FIRST = { pl, en, uk };
// Written out, so that the service worker finds them all (sw/files.js).
const FILES = {
  pl: () => Promise.all([import('./pl.js'), import('../../vendor/labels-pl.js')]),
  en: () => Promise.all([import('./en.js'), import('../../vendor/labels-en.js')]),
  uk: () => Promise.all([import('./uk.js'), import('../../vendor/labels-uk.js')]),
};

export const LANGUAGES = Object.keys(FILES);

/** Each in itself. */
export const LANGUAGE_NAMES = Object.fromEntries(vocabulary.languages.map(({ value, name }) => [value, name]));

const dictionaries = Object.fromEntries(LANGUAGES.map((language) => [language, { ...FIRST[language], ...verify[language] }]));
/** @type {Record<string, Record<string, Record<string, string>>>} */
const labels = {};

/** Before other words of the language are asked for; rejects when they are neither on the phone nor to be had. */
export async function learn(language) {
  if (labels[language]) return;
  const [dictionary, read] = await FILES[language]();
  Object.assign(dictionaries[language], dictionary.default);
  labels[language] = read.default;
}

/** A word of a later release: "black_ice" is shown as "Black ice". */
const plain = (value) => value.charAt(0).toUpperCase() + value.slice(1).replaceAll('_', ' ');

/** How people read a word of the vocabulary; one of a later release is shown plainly. @param {string} kind "hazard", "category" ... */
export const labelIn = (language, kind, value) => labels[language]?.[kind]?.[value] ?? plain(String(value));

/**
 * The words for a key. `{name}` is replaced by the value of that name, numbers in the language's form; an entry
 * with plural forms (`{one, few, many, other}`) is chosen by the value `count`.
 * @param {string} language one that was learnt
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
export function wordsIn(language, key, values = {}) {
  let text = dictionaries[language][key] ?? key;
  if (typeof text === 'object') text = text[new Intl.PluralRules(language).select(Number(values.count))] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : (value ?? whole);
  });
}
