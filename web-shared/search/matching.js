// The ranked search in a gazetteer; shared/domain/search/matching.py finds the same by the same rules.

import { grade, NONE, START, WHOLE, withinOneError } from './grades.js';
import { foldedNumber, isOptional, readings, wordsOf } from './words.js';

/** @typedef {import('./packed.js').Gazetteer} Gazetteer @typedef {import('./packed.js').House} House */
/** @typedef {import('./packed.js').Houses} Houses @typedef {import('./packed.js').Street} Street */
/** @typedef {import('./packed.js').Part} Part @typedef {import('./packed.js').Locality} Locality */
/** @typedef {import('./words.js').Query} Query */
/**
 * A street, a part or a locality as a whole; `house` when one was asked for that is known.
 * @typedef {{tier: number, locality: Locality, street: Street | null, part: Part | null, house: House | null}} Hit
 */
/**
 * Something to be found: its names, the present one first; `around` are the words of where it lies.
 * @typedef {{locality: Locality, street: Street | null, part: Part | null, names: string[][], around: string[], houses: Houses, count: number}} Entry
 */
/** @typedef {{entries: Entry[], places: Map<string, Set<number>>}} Index `places` says in which entries a word stands */
/** @typedef {Map<number, {at: number, found: number}>} Taken which word each typed one stands for */

export const BEST = 5;
const NOWHERE = { count: 0, listed: [], page: null };

/** Better first; ties go by what is missing, then by the number of addresses. */
export const TIERS = { exact: 0, prefix: 1, wordStarts: 2, typingError: 3, former: 4 };

/** Made once for a gazetteer. @param {Gazetteer} gazetteer @returns {Index} */
export function indexOf(gazetteer) {
  const entries = gazetteer.localities.flatMap(entriesOf);
  /** @type {Map<string, Set<number>>} */
  const places = new Map();
  for (const [place, { names, around }] of entries.entries()) {
    for (const word of [...around, ...names.flat()]) {
      if (!places.has(word)) places.set(word, new Set());
      places.get(word)?.add(place);
    }
  }
  return { entries, places };
}

/** @param {Locality} locality @returns {Entry[]} */
function entriesOf(locality) {
  const { name, former, parts, streets, houses } = locality;
  const names = [name, ...former].map(wordsOf);
  const count = streets.reduce((sum, street) => sum + street.houses.count, houses.count);
  const inside = { locality, around: names[0] };
  return [
    { locality, street: null, part: null, names, around: [], houses, count },
    ...parts.map((part) => ({ ...inside, street: null, part, names: [wordsOf(part.name)], houses: NOWHERE, count: 0 })),
    ...streets.map((street) => ({
      ...inside, street, part: null, names: [street.name, ...street.former].map(wordsOf), houses: street.houses, count: street.houses.count,
    })),
  ];
}

/** The best first. @param {Index} index @param {string} text @returns {Hit[]} */
export function search(index, text, most = BEST) {
  const queries = readings(text);
  let found = queries.flatMap((query) => hits(index, query));
  if (!found.length) found = queries.flatMap((query) => hitsInOne(index, query));
  found.sort((one, other) => compared(one.key, other.key));
  const best = new Map();
  for (const { key, hit } of found) {
    if (best.size === most) break;
    const place = key.at(-1);
    if (!best.has(place)) best.set(place, hit);
  }
  return [...best.values()];
}

/** @param {number[]} one @param {number[]} other */
function compared(one, other) {
  const at = one.findIndex((value, place) => value !== other[place]);
  return at < 0 ? 0 : one[at] - other[at];
}

/** @param {Index} index @param {Query} query */
function hits({ entries, places }, query) {
  const graded = query.words.map((typed) => gradesOf(typed, places.keys()));
  return candidates(places, query, graded).flatMap((place) =>
    entries[place].names.flatMap((name, former) => {
      const key = matched(query, graded, name, entries[place].around);
      return key ? [hitOf(former ? TIERS.former : key[0], key.slice(1), entries[place], query, place)] : [];
    }),
  );
}

/** @param {string} typed @param {Iterable<string>} words @returns {Map<string, number>} */
function gradesOf(typed, words) {
  const grades = new Map();
  for (const word of words) {
    const found = grade(typed, word);
    if (found < NONE) grades.set(word, found);
  }
  return grades;
}

/**
 * Where every word stands that has to be there; of kinds and titles alone, any.
 * @param {Map<string, Set<number>>} places @param {Query} query @param {Map<string, number>[]} graded
 */
function candidates(places, query, graded) {
  const each = graded.map((found) => new Set([...found.keys()].flatMap((word) => [...(places.get(word) ?? [])])));
  const [first, ...others] = each.filter((_, at) => !isOptional(query.words[at]));
  if (!first) return [...new Set(each.flatMap((found) => [...found]))];
  return [...first].filter((place) => others.every((found) => found.has(place)));
}

/** @param {number} tier @param {number[]} key @param {Entry} entry @param {Query} query @param {number} place */
function hitOf(tier, key, { locality, street, part, houses, count }, query, place) {
  const house = houseOf(houses, query.house);
  const unknown = query.house && !house ? 1 : 0;
  return { key: [tier, ...key, unknown, -count, place], hit: { tier, locality, street, part, house } };
}

/**
 * Tier, words asked for in vain, not whole words, errors, grades, words left out; null when it is something else.
 * @param {Query} query @param {Map<string, number>[]} graded @param {string[]} name @param {string[]} around
 */
function matched(query, graded, name, around) {
  const taken = takenOf(query, graded, [...name, ...around]);
  const all = [...taken.values()];
  /** @type {Map<number, string>} */
  const own = new Map([...taken].filter(([, { at }]) => at < name.length).map(([typed, { at }]) => [typed, name[at]]));
  const named = new Set(all.map(({ at }) => at));
  const inVain = query.words.filter((_, at) => !taken.has(at));
  const leftOut = name.filter((word, at) => !named.has(at) && !isOptional(word));
  if (!inVain.every(isOptional) || !holds(query, own, leftOut)) return null;
  const broken = all.filter(({ found }) => found > WHOLE).length;
  const errors = all.filter(({ found }) => found > START).length;
  const grades = all.reduce((sum, { found }) => sum + found, 0);
  return [tierOf(broken, errors, leftOut.length > 0, inOrder(taken, query, name)), inVain.length, broken, errors, grades, leftOut.length];
}

/**
 * Whether what is typed names it at all: kinds, titles and initials do only when nothing else is typed.
 * An initial in the register stands for a name only beside all its longer words.
 * @param {Query} query @param {Map<number, string>} own @param {string[]} leftOut
 */
function holds({ words }, own, leftOut) {
  const long = [...own].filter(([typed]) => words[typed].length > 1);
  if (long.some(([, word]) => isInitial(word)) && leftOut.some((word) => word.length > 1)) return false;
  if (!words.some((word) => word.length > 1 && !isOptional(word))) return own.size > 0;
  return long.some(([typed, word]) => !isOptional(words[typed]) && !isInitial(word));
}

/** @param {string} word */
const isInitial = (word) => /^[a-z]$/.test(word);

function tierOf(broken, errors, leftOut, ordered) {
  if (errors) return TIERS.typingError;
  if (!broken) return leftOut ? TIERS.prefix : TIERS.exact;
  return ordered ? TIERS.prefix : TIERS.wordStarts;
}

/**
 * The longest typed word chooses first; words around are counted after the name's.
 * @param {Query} query @param {Map<string, number>[]} graded @param {string[]} words @returns {Taken}
 */
function takenOf(query, graded, words) {
  const taken = new Map();
  const free = new Set(words.keys());
  const longestFirst = [...query.words.keys()].sort((one, other) => query.words[other].length - query.words[one].length);
  for (const typed of longestFirst) {
    let best = { at: -1, found: NONE };
    for (const at of free) {
      const found = graded[typed].get(words[at]) ?? NONE;
      if (found < best.found) best = { at, found };
    }
    if (best.found < NONE && free.delete(best.at)) taken.set(typed, best);
  }
  return taken;
}

/** The typed text is how the name begins, with or without its kind and titles. @param {Taken} taken @param {Query} query @param {string[]} name */
function inOrder(taken, query, name) {
  const last = query.words.length - 1;
  const said = [...query.words.keys()].filter((typed) => taken.has(typed));
  if (said.some((typed) => typed !== last && taken.get(typed)?.found !== WHOLE)) return false;
  const first = Math.max(0, name.findIndex((word) => !isOptional(word)));
  return [0, first].some((start) => said.every((typed, step) => taken.get(typed)?.at === start + step));
}

/** With a space forgotten, or one too many. @param {Index} index @param {Query} query */
function hitsInOne({ entries }, query) {
  const typed = query.words.join('');
  return entries.flatMap((entry, place) => {
    const [name] = entry.names;
    const called = [name, name.filter((word) => !isOptional(word))].map((words) => words.join(''));
    const near = called.some((text) => text.length > query.words.length && withinOneError(typed, text));
    return near ? [hitOf(TIERS.typingError, [0, 0, 1, 0, 0], entry, query, place)] : [];
  });
}

/** By its number; of 12/3 it may be the third flat in house 12. @param {Houses} houses @param {string} number @returns {House | null} */
function houseOf({ listed }, number) {
  if (!number) return null;
  const numbered = (asked) => listed.find((house) => foldedNumber(house.number) === asked);
  return numbered(number) ?? numbered(number.split('/')[0]) ?? null;
}
