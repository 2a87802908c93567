// Streets and houses of a municipality, from the open register: for maps, and to tell in words where a point lies.

import { siteData } from '../session/site_data.js';

const NEAR = 500; // metres: a house further away says nothing of a point
const BESIDE = 100; // metres: what is told beside the nearest one
const ABOUT = 5; // metres to which a distance is told
const METRES_PER_DEGREE = 111_195; // of latitude, on a sphere
const RADIAN = Math.PI / 180;

/** @returns {Promise<any>} GeoJSON; null when the municipality has none */
export const streetsOf = (terc) => siteData(`/map/${terc}.json`, (answer) => answer.json());

/** @typedef {{address: string, metres: number}} House "Główna 12", and about how far it is */

/**
 * The house nearest to a point, and of other streets those close by: on a corner both streets tell where it is.
 * @param {any} streets GeoJSON of `streetsOf`
 * @param {{lat: number, lng: number}} point
 * @returns {{nearest: House, beside: House[]} | null} null where no house is near
 */
export function housesAt(streets, point) {
  const found = (streets?.features ?? []).map((street) => nearestOf(street, point)).filter((house) => house && house.metres <= NEAR);
  const [nearest, ...others] = found.sort((one, other) => one.metres - other.metres);
  if (!nearest) return null;
  return { nearest: told(nearest), beside: others.filter(({ metres }) => metres <= BESIDE).slice(0, 2).map(told) };
}

const told = ({ address: name, metres }) => ({ address: name, metres: Math.max(1, Math.round(metres / ABOUT)) * ABOUT });

/** Of one street; null of what is no street. */
function nearestOf({ geometry, properties: { name, numbers = [] } }, { lat, lng }) {
  if (geometry.type !== 'MultiPoint') return null;
  const toEast = METRES_PER_DEGREE * Math.cos(lat * RADIAN);
  const far = ([x, y]) => Math.hypot((x - lng) * toEast, (y - lat) * METRES_PER_DEGREE);
  const metres = geometry.coordinates.map(far);
  const at = metres.indexOf(Math.min(...metres));
  return at < 0 ? null : { address: [name, numbers[at]].filter(Boolean).join(' '), metres: metres[at] };
}
