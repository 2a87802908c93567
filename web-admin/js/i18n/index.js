// The page's words: Polish unless the person switched to English; the choice is kept in this browser.

/** Each in a file of its own, fetched when it is spoken; what few pages say, when one of them opens. @type {Record<string, Record<string, () => Promise<Record<string, any>>>>} */
const FETCHED = {
  pl: {
    all: async () => (await import('./pl.js')).pl,
    calls: async () => (await import('./pl_calls.js')).pl,
    duty: async () => (await import('./pl_duty.js')).pl,
    templates: async () => (await import('./pl_templates.js')).pl,
  },
  en: {
    all: async () => (await import('./en.js')).en,
    calls: async () => (await import('./en_calls.js')).en,
    duty: async () => (await import('./en_duty.js')).en,
    templates: async () => (await import('./en_templates.js')).en,
  },
};
/** The sets of words that were asked for. */
const sets = new Set(['all']);

/** @param {string} spoken @returns {Promise<Record<string, any>>} */
const wordsOf = async (spoken) => Object.assign({}, ...(await Promise.all([...sets].map((one) => FETCHED[spoken][one]()))));
const LOCALES = { pl: 'pl-PL', en: 'en-GB' };
const NAMES = { pl: 'Polski', en: 'English' };
const KEY = 'language';
const listeners = new Set();
/** @type {(next: string) => Promise<any>} */
let prepare = async () => {};

let current = localStorage.getItem(KEY) === 'en' ? 'en' : 'pl';
let dictionary = await wordsOf(current);

export const language = () => current;

/** For `Intl`. */
export const locale = () => LOCALES[current];

/** The languages of the page but the one it speaks. @returns {{code: string, name: string}[]} */
export const otherLanguages = () =>
  Object.entries(NAMES)
    .filter(([code]) => code !== current)
    .map(([code, name]) => ({ code, name }));

/** @param {(next: string) => Promise<unknown>} work done before each switch; when it fails, the language is switched all the same */
export function beforeLanguageChange(work) {
  prepare = work;
}

/** Without its words, when they cannot be fetched, nothing is switched. @param {string} next */
export async function setLanguage(next) {
  const [words] = await Promise.all([wordsOf(next).catch(() => null), prepare(next).catch(() => {})]);
  if (!words) return;
  current = next;
  dictionary = words;
  localStorage.setItem(KEY, next);
  document.documentElement.lang = next;
  listeners.forEach((listener) => listener());
}

/** Words beside those of every page, before one that says them is drawn. @param {string} set */
export async function learnWords(set) {
  sets.add(set);
  dictionary = await wordsOf(current);
}

/** @param {() => void} listener called after each switch; @returns a function that ends it */
export function onLanguageChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const number = (value) => new Intl.NumberFormat(current).format(value);

/** Replaces `{name}` by the parameter of that name. @param {string} text @param {Record<string, any>} parameters */
export const fill = (text, parameters) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = parameters[name];
    return typeof value === 'number' ? number(value) : (value ?? whole);
  });

/** Whether there are words for a key. */
export const has = (key) => Object.hasOwn(dictionary, key);

/**
 * The words for a key, filled with the parameters; an entry with plural forms (`{one, few, many, other}`) is chosen by
 * the parameter `count`.
 * @param {string} key
 * @param {Record<string, any>} parameters
 */
export function t(key, parameters = {}) {
  let words = dictionary[key] ?? key;
  if (typeof words === 'object') {
    words = words[new Intl.PluralRules(current).select(parameters.count)] ?? words.other;
  }
  return fill(words, parameters);
}

document.documentElement.lang = current;
