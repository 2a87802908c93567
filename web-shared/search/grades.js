// How well a typed word stands for a word of a name; as shared/domain/search/grades.py.

import rules from '../../shared/search_words.json';

import { canonical, formsOf } from './words.js';

export const WHOLE = 0;
export const START = 1;
export const ERROR = 2;
export const START_WITH_ERROR = 3;
export const NONE = 4;

const NUMBER = /^\d+$/;

/** The best of all that the word may be typed as. @param {string} typed @param {string} word */
export function grade(typed, word) {
  if (canonical(typed) === word) return WHOLE;
  if (NUMBER.test(typed) || NUMBER.test(word)) return NONE;
  if (word.length === 1) return typed.startsWith(word) ? START : NONE; // an initial in the register
  return Math.min(...formsOf(word).map((form) => graded(typed, form)));
}

function graded(typed, word) {
  if (word.startsWith(typed)) return START;
  if (word.length <= rules.no_error_up_to || typed.length < rules.no_error_up_to) return NONE;
  if (withinOneError(typed, word)) return ERROR;
  if (typed.length < rules.start_with_error_from || typed[0] !== word[0]) return NONE;
  return [-1, 0, 1].some((more) => withinOneError(typed, word.slice(0, typed.length + more))) ? START_WITH_ERROR : NONE;
}

/**
 * A letter left out, added, another, or two neighbours swapped (Damerau-Levenshtein distance of at most 1).
 * @param {string} typed @param {string} word
 */
export function withinOneError(typed, word) {
  if (Math.abs(typed.length - word.length) > 1) return false;
  let at = 0;
  while (at < typed.length && at < word.length && typed[at] === word[at]) at += 1;
  const [a, b] = [typed.slice(at), word.slice(at)];
  if (a.slice(1) === b.slice(1) || a === b.slice(1) || a.slice(1) === b) return true;
  return a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
}
