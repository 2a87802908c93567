// How long after the start of sending, in one number and its unit.

import { language } from '../i18n/index.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// The largest unit of which there are two or more, so that one decimal is precise enough.
/** @type {[string, number][]} */
const UNITS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
];

/** @param {number} seconds @returns {string} "90 s", "5 min", "2,5 godz." */
export function duration(seconds) {
  const [unit, length] = UNITS.find(([, size]) => seconds >= 2 * size || seconds === size) ?? ['second', 1];
  const digits = { maximumFractionDigits: seconds < 10 * length && length >= HOUR ? 1 : 0 };
  return new Intl.NumberFormat(language(), { style: 'unit', unit, unitDisplay: 'short', ...digits }).format(seconds / length);
}
