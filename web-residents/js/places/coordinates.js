// Reads coordinates as people write and paste them: decimal or in degrees, minutes and seconds.
//
// In Poland latitudes (49 to 54.9) and longitudes (14.1 to 24.2) never overlap, so two numbers in the wrong order are
// recognised beyond doubt, and mended, unless letters say which is which.

import { inPoland } from './poland.js';

const METRES_PER_DEGREE = 111_320; // of latitude
const TOO_COARSE = 1_000; // metres: two decimals are the least
const UNITS = [1, 60, 3600]; // degrees, minutes, seconds

const QUOTES = [
  [/[′’‘´`]/g, "'"],
  [/[″”“„]|''/g, '"'],
  [/[º˚]/g, '°'],
  [/−/g, '-'],
];
const ALLOWED = /^[\s\d.,;/|°'"NSEW()+-]*$/;

/** A comma is a decimal sign unless a point is; then, like a comma before a space, it separates. */
function decimals(text) {
  const four = /^(\d+),(\d+),(\d+),(\d+)$/.exec(text);
  if (four) return `${four[1]}.${four[2]} ${four[3]}.${four[4]}`;
  return /\d\.\d/.test(text) ? text : text.replace(/(\d),(?=\d)/g, '$1.');
}

function clean(text) {
  const plain = QUOTES.reduce((before, [sign, ours]) => before.replace(sign, ours), text.trim().toUpperCase());
  return decimals(plain.replace(/^GEO:/, '').replace(/;U=.*$/, ''));
}

/** Numbers of each axis with its letter or none; null unless there are exactly two axes. */
function axesOf(text) {
  const tokens = text.replace(/(\d)-/g, '$1 ').match(/-?\d+(?:\.\d+)?|[NSEW]/g) ?? []; // a hyphen behind a digit is no minus
  const numbers = tokens.filter((token) => !/[NSEW]/.test(token));
  if (numbers.length === tokens.length) {
    const half = numbers.length / 2;
    return [1, 2, 3].includes(half) ? [{ parts: numbers.slice(0, half) }, { parts: numbers.slice(half) }] : null;
  }
  const pattern = /[NSEW]/.test(tokens[0]) ? /([NSEW]) ((?:[\d.-]+ ?)+)/g : /((?:[\d.-]+ ?)+)([NSEW])/g;
  const joined = tokens.join(' ');
  const found = [...joined.matchAll(pattern)].map(([, a, b]) => (/[NSEW]/.test(a) ? [a, b] : [b, a]));
  const axes = found.map(([letter, values]) => ({ letter, parts: values.trim().split(' ') }));
  return axes.length === 2 && axes.flatMap((axis) => axis.parts).length === numbers.length ? axes : null;
}

/**
 * Degrees and their precision in degrees, or null: minutes and seconds stay below 60, only the last has a fraction.
 * @param {{parts: string[], letter?: string}} axis
 * @returns {any}
 */
function valueOf({ parts, letter }) {
  const last = parts.length - 1;
  const wrong = (part, index) => (index > 0 && !(Number(part) >= 0 && Number(part) < 60)) || (index < last && part.includes('.'));
  if (parts.length > UNITS.length || parts.some(wrong)) return null;
  const size = parts.reduce((sum, part, index) => sum + Math.abs(Number(part)) / UNITS[index], 0);
  const digits = parts[last].split('.')[1]?.length ?? 0;
  const negative = parts[0].startsWith('-') !== /[SW]/.test(letter ?? '');
  return { letter, degrees: negative ? -size : size, step: 10 ** -digits / UNITS[last] };
}

/** The point, its order mended if that is beyond doubt. @param {any[]} axes */
function pointOf([a, b]) {
  if (a.letter) {
    const north = [a, b].find(({ letter }) => /[NS]/.test(letter));
    const east = [a, b].find(({ letter }) => /[EW]/.test(letter));
    return north && east ? { lat: north.degrees, lng: east.degrees, swapped: false } : null;
  }
  const straight = { lat: a.degrees, lng: b.degrees, swapped: false };
  const turned = { lat: b.degrees, lng: a.degrees, swapped: true };
  return !inPoland(straight) && inPoland(turned) ? turned : straight;
}

/**
 * @param {string} typed "49.834, 19.938", "49,834 19,938", `49°50'02"N 19°56'17"E`, "geo:49.834,19.938"...
 * @returns {{lat: number, lng: number, accuracy: number, swapped: boolean, problem?: undefined} | {problem: "empty" | "unreadable" | "two" |
 *   "outside" | "coarse"}} degrees; `accuracy` in metres, from the digits given
 */
export function readCoordinates(typed) {
  const text = clean(typed);
  if (!text) return { problem: 'empty' };
  if (!ALLOWED.test(text)) return { problem: 'unreadable' };
  const axes = axesOf(text);
  if (!axes) return { problem: 'two' };
  const values = axes.map(valueOf);
  const point = values.every(Boolean) ? pointOf(values) : null;
  if (!point) return { problem: 'unreadable' };
  if (!inPoland(point)) return { problem: 'outside' };
  const accuracy = Math.max(1, Math.round((METRES_PER_DEGREE * Math.max(...values.map(({ step }) => step))) / 2));
  return accuracy > TOO_COARSE ? { problem: 'coarse' } : { ...point, accuracy };
}
