// The language of the interface: the one chosen here before, else the browser's, else Polish.

import { write } from '../../sw/state.js';
import { LANGUAGES, wordsIn } from './dictionary.js';

const KEY = 'language';
const listeners = new Set();

const known = (code) => (LANGUAGES.includes(code) ? code : null);
const ofBrowser = () => navigator.languages.map((tag) => known(tag.slice(0, 2))).find(Boolean);

let current = known(localStorage.getItem(KEY)) ?? ofBrowser() ?? 'pl';
document.documentElement.lang = current;

/** @returns {"pl" | "en" | "uk"} */
export const language = () => current;

/** @param {"pl" | "en" | "uk"} next */
export function setLanguage(next) {
  if (next === current || !known(next)) return;
  current = next;
  localStorage.setItem(KEY, next);
  write('settings', KEY, next).catch(() => {}); // for the service worker, which has no localStorage
  document.documentElement.lang = next;
  listeners.forEach((listener) => listener());
}

/** @param {() => void} listener called after each switch */
export const onLanguageChange = (listener) => listeners.add(listener);

/** @param {string} key @param {Record<string, unknown>} [values] */
export const words = (key, values) => wordsIn(current, key, values);
