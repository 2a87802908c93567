// Text on one line: white space as Python's str.split takes it, so that both say the same.

const CHARACTERS = '\\t-\\r\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const WHITE = new RegExp(`[${CHARACTERS}]+`, 'g');

/** @param {string} text @returns {string} single spaces, none at the ends */
export const plainly = (text) => text.replace(WHITE, ' ').replace(/^ | $/g, '');
