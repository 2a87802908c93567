// All words of the app, an area a file, each in Polish, English and Ukrainian with the same keys.

import alerts from './alerts.js';
import leave from './leave.js';
import places from './places.js';
import receive from './receive.js';
import settings from './settings.js';
import shell from './shell.js';
import welcome from './welcome.js';

export const LANGUAGES = ['pl', 'en', 'uk'];

/** Each in itself. */
export const LANGUAGE_NAMES = { pl: 'Polski', en: 'English', uk: 'Українська' };

export const AREAS = { shell, welcome, settings, places, receive, alerts, leave };

const merged = (language) => Object.assign({}, ...Object.values(AREAS).map((area) => area[language]));
const DICTIONARIES = Object.fromEntries(LANGUAGES.map((language) => [language, merged(language)]));

/**
 * The words for a key. `{name}` is replaced by the value of that name, numbers in the language's form; an entry
 * with plural forms (`{one, few, many, other}`) is chosen by the value `count`.
 * @param {"pl" | "en" | "uk"} language
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
export function wordsIn(language, key, values = {}) {
  let text = DICTIONARIES[language][key] ?? key;
  if (typeof text === 'object') text = text[new Intl.PluralRules(language).select(values.count)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : (value ?? whole);
  });
}
