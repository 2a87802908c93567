// The houses of the register about a point.

import { addressIn } from './address.js';

const METRES_PER_DEGREE = 111_195; // of latitude, on a sphere
const RADIAN = Math.PI / 180;

/** @typedef {import('./address.js').Address} Address @typedef {import('./library.js').Library} Library */
/** @typedef {{address: Address, metres: number}} Near */

/** Of every house of a register: its locality, its street or null, itself. @param {Pick<import('./library.js').Gazetteer, "localities">} gazetteer */
export function* housesIn({ localities }) {
  for (const locality of localities) {
    for (const house of locality.houses.listed) yield { locality, street: null, house };
    for (const street of locality.streets) for (const house of street.houses.listed) yield { locality, street, house };
  }
}

/** @param {{lat: number, lng: number}} from @returns {(house: {lat: number, lon: number}) => number} metres */
export function distanceFrom({ lat, lng }) {
  const toEast = METRES_PER_DEGREE * Math.cos(lat * RADIAN);
  return (house) => Math.hypot((house.lon - lng) * toEast, (house.lat - lat) * METRES_PER_DEGREE);
}

/**
 * @param {Library} library @param {{lat: number, lng: number}} point @param {number} within metres @param {number} most
 * @returns {Promise<Near[]>} the nearest first
 */
export async function nearest(library, point, within, most) {
  const far = distanceFrom(point);
  const found = [];
  for (const { locality, street, house } of housesIn(await library.whole())) {
    const metres = far(house);
    if (metres <= within) found.push({ locality, street, house, metres });
  }
  found.sort((one, other) => one.metres - other.metres);
  return found.slice(0, most).map(({ locality, street, house, metres }) => ({ address: addressIn(library, locality, street, house), metres }));
}
