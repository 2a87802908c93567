// Where a village or a municipality that is a place as a whole lies: the code of a village does not say its municipality.

import { libraryOf } from '../address/library.js';
import { housesIn } from '../address/nearest.js';

const MOST = 20; // registers that are looked through for a village

/** @typedef {import('../address/library.js').Library} Library @typedef {import('./municipality.js').Municipality} Municipality */
/** @typedef {{level: "locality" | "gmina", code: string}} Whole */
/** @typedef {{municipality: Municipality, library: Library | null, locality: {sym: string, name: string} | null}} Found */

/** Of a gmina's code the seventh digit, its kind, changes over the years. */
const isOf = (terc, code) => terc.slice(0, 6) === code.slice(0, 6);

/**
 * @param {Whole} whole @param {Municipality[]} served
 * @returns {Promise<Found | null>} null where no municipality that is served has it
 */
export async function findWhole({ level, code }, served) {
  if (level === 'gmina') {
    const municipality = served.find(({ terc }) => isOf(terc, code));
    return municipality ? { municipality, library: await libraryOf(municipality.terc).catch(() => null), locality: null } : null;
  }
  for (const municipality of served.slice(0, MOST)) {
    const library = await libraryOf(municipality.terc);
    const locality = library?.gazetteer.localities.find(({ sym }) => sym === code);
    if (library && locality) return { municipality, library, locality };
  }
  return null;
}

/** All its addresses: an area that holds one of them means it. @param {Found} found @returns {Promise<[number, number][]>} longitude, latitude */
export async function pointsOf({ library, locality }) {
  const gazetteer = await library?.whole();
  const localities = gazetteer?.localities.filter(({ sym }) => !locality || sym === locality.sym) ?? [];
  return Array.from(housesIn({ localities }), ({ house: { lon, lat } }) => [lon, lat]);
}
