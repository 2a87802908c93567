// In which reference system coordinates are, as the API knows it (shared/entry_rules.json, shared/geo/reference_systems.py):
// WGS 84 is taken, others are refused by their name.

import { entryRules } from '../api/vocabulary.js';
import { AreaError } from './area_error.js';

const AS_WGS84 = ['CRS84', 'EPSG:4326', 'EPSG:4258']; // for an API of an earlier release
const LONGEST = 60;

const places = () => entryRules()?.places ?? { as_wgs84: AS_WGS84, systems: [], poland: null };

function nameOf(crs) {
  const found = typeof crs === 'string' ? crs : crs?.properties?.name;
  if (typeof found !== 'string') return '?';
  const name = found.trim();
  const code = /EPSG\W.*?(\d{4,6})$/i.exec(name);
  if (code) return `EPSG:${code[1]}`;
  return /(CRS|WGS)[ :_]?(19)?84$/i.test(name) ? 'CRS84' : name.slice(0, LONGEST);
}

/** @throws {AreaError} for a GeoJSON object whose `crs` (of the form before RFC 7946) is another */
export function checkSystem(value) {
  if (value?.crs === undefined || value.crs === null) return;
  const system = nameOf(value.crs);
  if (!places().as_wgs84.includes(system)) throw new AreaError('area.error.system', undefined, { system });
}

const isWithin = (number, [least, most]) => least <= number && number <= most;

/** The system in which these are metres of a place in Poland, in either order. @returns {string | null} */
export const systemOf = (one, other) =>
  places().systems.find(
    ({ east, north }) => (isWithin(one, east) && isWithin(other, north)) || (isWithin(other, east) && isWithin(one, north)),
  )?.name ?? null;

/** Whether a place lies about Poland; null when the API does not say where that is. */
export function isInPoland(longitude, latitude) {
  const { poland } = places();
  return poland && isWithin(longitude, [poland.west, poland.east]) && isWithin(latitude, [poland.south, poland.north]);
}
