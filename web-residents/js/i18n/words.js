// The language of the interface: the one chosen here before, else the browser's, else Polish.

import { labelIn, LANGUAGES, learn, wordsIn } from './dictionary.js';

const KEY = 'language';
const listeners = new Set();
let unlearnt = () => {};

const known = (code) => (LANGUAGES.includes(code) ? code : null);
const ofBrowser = () => navigator.languages.map((tag) => known(tag.slice(0, 2))).find(Boolean);

let current = known(localStorage.getItem(KEY)) ?? ofBrowser() ?? 'pl';
let wanted = current;
document.documentElement.lang = current;

/** All words of the language, for what is more than the first screen; rejects when they are not to be had. */
export const learnt = () => learn(current);

/** @returns {string} */
export const language = () => current;

/** Changes it once its words are there; of several choices the last one counts. @param {string} next */
export async function setLanguage(next) {
  if (next === wanted || !known(next)) return;
  wanted = next;
  try {
    await learn(next);
  } catch (error) {
    console.error(error);
    if (wanted === next) stay();
  }
  if (wanted === next && next !== current) speak(next);
}

function stay() {
  wanted = current;
  unlearnt();
}

function speak(next) {
  current = next;
  localStorage.setItem(KEY, next);
  document.documentElement.lang = next;
  listeners.forEach((listener) => listener());
}

/** @param {() => void} listener called after each switch */
export const onLanguageChange = (listener) => listeners.add(listener);

/** @param {() => void} listener called when the words of a language are not to be had, and it stays as it is */
export function onUnlearnt(listener) {
  unlearnt = listener;
}

/** A word of the vocabulary as people read it. @param {string} kind "severity", "kind" ... @param {string} value */
export const label = (kind, value) => labelIn(current, kind, value);

/** @param {string} key @param {Record<string, unknown>} [values] */
export const words = (key, values) => wordsIn(current, key, values);
