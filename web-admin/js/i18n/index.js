// The page's words: Polish unless the person switched to English; the choice is kept in this browser.

import { en } from './en.js';
import { pl } from './pl.js';

const DICTIONARIES = { pl, en };
const KEY = 'language';
const listeners = new Set();

let current = localStorage.getItem(KEY) === 'en' ? 'en' : 'pl';

export const language = () => current;

/** @param {"pl" | "en"} next */
export function setLanguage(next) {
  current = next;
  localStorage.setItem(KEY, next);
  document.documentElement.lang = next;
  listeners.forEach((listener) => listener());
}

/** @param {() => void} listener called after each switch; @returns a function that ends it */
export function onLanguageChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const number = (value) => new Intl.NumberFormat(current).format(value);

/**
 * The words for a key. `{name}` is replaced by the parameter; an entry with plural forms
 * (`{one, few, many, other}`) is chosen by the parameter `count`.
 */
export function t(key, parameters = {}) {
  let words = DICTIONARIES[current][key] ?? key;
  if (typeof words === 'object') {
    words = words[new Intl.PluralRules(current).select(parameters.count)] ?? words.other;
  }
  return words.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = parameters[name];
    return typeof value === 'number' ? number(value) : (value ?? whole);
  });
}

document.documentElement.lang = current;
