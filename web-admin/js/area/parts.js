// The parts of an area that the register or the municipality names, and all of them as the API takes them.

import { geometryOf } from './geometry.js';

/**
 * What a part means by name: a street, a locality or the gmina by its code, a saved area by its id, a circle about a place.
 * `houses`: of a street some; numbers as people write them.
 * @typedef {{parity?: "odd" | "even", from?: string, to?: string}} Houses
 * @typedef {{kind: string, code?: string, id?: string, lat?: number, lng?: number, metres?: number, name: string,
 *   addresses?: number | null, houses?: Houses, excluded?: boolean}} Named
 */

const UNITS = ['street', 'locality', 'gmina', 'powiat', 'voivodeship'];

/** @param {any} part */
export const isNamed = (part) => typeof part?.kind === 'string';

/** Without what says nothing; null: all houses. @param {Houses} houses @returns {Houses | null} */
export function someHouses(houses) {
  const said = Object.entries(houses).filter(([, value]) => value?.trim());
  return said.length ? Object.fromEntries(said) : null;
}

const FIELDS = {
  saved: ({ id }) => ({ kind: 'saved', id }),
  here: ({ lat, lng, metres }) => ({ kind: 'here', lat, lng, metres }),
};

const trimmed = (houses) => Object.fromEntries(Object.entries(houses).map(([name, value]) => [name, value.trim()]));

const unit = ({ kind, code, houses }) => ({ kind, code, ...(houses && { houses: trimmed(houses) }) });

const meant = (part) => (isNamed(part) ? (FIELDS[part.kind] ?? unit)(part) : { kind: 'shape', shape: { type: 'Polygon', coordinates: part.rings } });

const wantedFirst = (parts) => [...parts.filter(({ excluded }) => !excluded), ...parts.filter(({ excluded }) => excluded)];

/** All parts one by one, also where they are drawn alone: as areas are saved. @param {any[]} parts */
export const partsJson = (parts) => wantedFirst(parts).map((part) => ({ ...meant(part), ...(part.excluded && { subtract: true }) }));

/**
 * The area as the API takes it; null when there is nothing to be alerted. What is excluded is taken out of all the rest.
 * @param {any[]} parts
 * @returns {{area: object} | {parts: object[]} | null}
 */
export function whereOf(parts) {
  if (!parts.some(({ excluded }) => !excluded)) return null;
  if (!parts.some(isNamed)) return { area: /** @type {object} */ (geometryOf(parts)) };
  return { parts: partsJson(parts) };
}

/** The place in the list of the part that the API means by "/parts/2/code". @param {any[]} parts @param {string} pointer @returns {number | null} */
export function namedAt(parts, pointer) {
  const [, number] = /^\/parts\/(\d+)/.exec(pointer) ?? [];
  const part = number === undefined ? undefined : wantedFirst(parts)[Number(number)];
  return part ? parts.indexOf(part) : null;
}

/** The same part of the register, whichever of its houses are meant. */
export const sameUnit = (one, other) => one.kind === other.kind && (one.code ?? one.id) === (other.code ?? other.id);

const NUMBERS = ['lat', 'lng', 'metres'];

/** Whether what a browser kept is a part by name. */
export const isKeptNamed = (kept) =>
  isNamed(kept) &&
  typeof kept.name === 'string' &&
  (UNITS.includes(kept.kind)
    ? typeof kept.code === 'string'
    : kept.kind === 'saved'
      ? typeof kept.id === 'string'
      : kept.kind === 'here' && NUMBERS.every((name) => Number.isFinite(kept[name])));

/** The list with the part added, or in the place of the same one. @param {any[]} parts @param {Named} part */
export const withNamed = (parts, part) => [...parts.filter((one) => !isNamed(one) || !sameUnit(one, part)), part];

/**
 * The parts of an alert as the API tells them, named as well as they can be.
 * @param {any[]} told @param {(kind: string, code: string) => {name: string, addresses?: number} | null} known
 * @param {(shape: object) => any[]} drawn
 */
export function partsFromApi(told, known, drawn) {
  return told.flatMap(({ subtract, ...part }) => {
    const excluded = subtract && { excluded: true };
    if (part.kind === 'shape') return drawn(part.shape).map((one) => ({ ...one, ...excluded }));
    const { kind, code, id, houses, lat, lng, metres } = part;
    const found = known(kind, code ?? id);
    const said = Object.entries({ kind, code, id, houses, lat, lng, metres, addresses: found?.addresses }).filter(([, value]) => value !== undefined);
    return [{ ...Object.fromEntries(said), name: found?.name ?? part.name ?? code ?? '', ...excluded }];
  });
}
