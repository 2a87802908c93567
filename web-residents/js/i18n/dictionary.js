// The words of the app, a language a file; one is fetched when it is first spoken.

export const LANGUAGES = ['pl', 'en', 'uk'];

/** Each in itself. */
export const LANGUAGE_NAMES = { pl: 'Polski', en: 'English', uk: 'Українська' };

// Written out, so that the service worker finds them all (sw/cache.js).
const FILES = { pl: () => import('./pl.js'), en: () => import('./en.js'), uk: () => import('./uk.js') };

const dictionaries = {};

/** Before words of the language are asked for; rejects when they are neither on the phone nor to be had. */
export async function learn(language) {
  dictionaries[language] ??= (await FILES[language]()).default;
}

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
