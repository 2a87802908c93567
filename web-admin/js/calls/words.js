// The words of this page alone, fetched with it.

import { has, learnWords, t } from '../i18n/index.js';

export const fetchWords = () => learnWords('calls');

/** What a call asks for; of a word of a later release, that something does. @param {import('../api/calls.js').Call} call */
export const whatOf = ({ kind, news }) => known(kind === 'news' ? `calls.news.${news}` : `calls.kind.${kind}`, 'calls.kind.unknown');

/** @param {string} key @param {string} otherwise */
export const known = (key, otherwise) => t(has(key) ? key : otherwise);
