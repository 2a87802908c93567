// The drawn parts of an area as one GeoJSON object.

/** @typedef {import('./model.js').Part} Part */

const together = (parts) =>
  parts.length === 1
    ? { type: 'Polygon', coordinates: parts[0].rings }
    : { type: 'MultiPolygon', coordinates: parts.map(({ rings }) => rings) };

const feature = (geometry, properties) => ({ type: 'Feature', properties, geometry });

/** Those that make the area, and those that are taken out of it, with their places in the list. @param {Part[]} parts */
const sorted = (parts) => {
  const numbered = parts.map((part, index) => ({ part, index }));
  return { wanted: numbered.filter(({ part }) => !part.excluded), out: numbered.filter(({ part }) => part.excluded) };
};

/**
 * The parts as one GeoJSON object; null when there is nothing to be alerted. The API unites parts that overlap, then takes
 * out what is excluded.
 * @param {Part[]} parts
 */
export function geometryOf(parts) {
  const { wanted, out } = sorted(parts);
  if (!wanted.length) return null;
  const geometry = together(wanted.map(({ part }) => part));
  if (!out.length) return geometry;
  const excluded = out.map(({ part }) => feature(together([part]), { excluded: true }));
  return { type: 'FeatureCollection', features: [feature(geometry, {}), ...excluded] };
}

/**
 * The part that the API means.
 * @param {Part[]} parts @param {string | undefined} at path inside what geometryOf gave
 * @returns {number | null} its place in the list
 */
export function partAt(parts, at) {
  if (at === undefined) return null;
  const { wanted, out } = sorted(parts);
  const element = Number(/^\/features\/(\d+)/.exec(at)?.[1] ?? 0);
  if (element) return out[element - 1]?.index ?? null;
  const number = wanted.length > 1 ? Number(/\/coordinates\/(\d+)/.exec(at)?.[1] ?? 0) : 0;
  return wanted[number]?.index ?? null;
}
