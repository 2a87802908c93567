// The languages of a template: the municipality's first, then those that only the template has.

import { firstLanguage, words } from '../api/vocabulary.js';

/** @param {{texts: Record<string, any>}} template @returns {string[]} codes */
export const languagesOf = ({ texts }) => [...new Set([firstLanguage(), ...words('languages').map(({ value }) => value), ...Object.keys(texts)])];

/** In itself. @param {string} code */
export const languageName = (code) =>
  words('languages').find(({ value }) => value === code)?.label ?? new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
