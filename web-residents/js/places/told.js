// What a place is called by the register: found out on this phone, and kept nowhere.

import { addressOf, nameOfAddress, whereItIs } from '../address/address.js';
import { libraryOf } from '../address/library.js';
import { centreOf } from './cells.js';
import { municipalityAt } from './municipality.js';
import { sketched } from './sketched.js';
import { housesAt, streetsOf } from './street_map.js';
import { findWhole } from './whole.js';

/** @typedef {import('./municipality.js').Municipality} Municipality @typedef {import('./store.js').Place} Place */
/**
 * @typedef {{municipality: Municipality, name?: string, where?: string, drawn?: ReturnType<typeof sketched> | null}} Told
 *   `name`: the address, or what is nearest to the point; "" when nothing is
 */

/** @param {Place} place @param {Municipality[]} served @returns {Promise<Municipality | null>} null: it is in none that is served */
export async function municipalityOf({ cell, codes, whole }, served) {
  if (whole) return (await findWhole(whole, served))?.municipality ?? null;
  return served.find(({ terc }) => terc === codes?.terc) ?? municipalityAt(served, await centreOf(/** @type {string} */ (cell)));
}

/** @param {Place} place @param {Municipality} municipality @param {(key: string, values?: object) => string} words @returns {Promise<Told>} */
export async function told(place, municipality, words) {
  if (place.whole) return wholly(place.whole, municipality, words);
  const [library, point] = await Promise.all([libraryOf(municipality.terc).catch(() => null), centreOf(/** @type {string} */ (place.cell))]);
  const address = place.codes && library ? await addressOf(library, place.codes) : null;
  const drawn = library && sketched(await library.whole(), point, place.codes?.street);
  if (address) return { municipality, name: nameOfAddress(address), where: whereItIs(address), drawn };
  const near = housesAt(await streetsOf(municipality.terc), point)?.nearest;
  return { municipality, name: near ? words('places.near', near) : '', drawn };
}

async function wholly(whole, municipality, words) {
  const { locality } = (await findWhole(whole, [municipality])) ?? { locality: null };
  const name = words(`address.whole.${whole.level}`, { name: locality?.name ?? municipality.name });
  return { municipality, name, where: municipality.name };
}
