// Areas and points on the ground: what lies inside, and how far it is.

const EARTH_RADIUS_M = 6_371_007.180918475; // H3's own sphere
const METRES_PER_DEGREE = (EARTH_RADIUS_M * Math.PI) / 180;

export const CELL_RADIUS_M = 4.2; // from a cell's centre to its corners: shared/geo/cells.py

/**
 * @param {string | object} area GeoJSON Polygon or MultiPolygon, or its text
 * @returns {number[][][][]} polygons of rings of [longitude, latitude]; none when it is no area
 */
export function polygonsOf(area) {
  try {
    const { type, coordinates } = typeof area === 'string' ? JSON.parse(area) : area;
    if (type === 'Polygon') return [coordinates];
    return type === 'MultiPolygon' ? coordinates : [];
  } catch {
    return [];
  }
}

/**
 * @param {number[][][][]} polygons
 * @param {number[]} point longitude, latitude
 * @returns {number} metres to the nearest part, 0 inside
 */
export const distance = (polygons, point) => (holds(polygons, point) ? 0 : edgeDistance(polygons, point));

/** Metres to the nearest border, from inside, too. @param {number[][][][]} polygons @param {number[]} point longitude, latitude */
export function edgeDistance(polygons, point) {
  const scale = metresPerDegree(polygons);
  const at = toPlane(point, scale);
  let nearest = Infinity;
  for (const rings of polygons) {
    for (const [from, to] of sides(rings)) nearest = Math.min(nearest, distanceToSide(at, toPlane(from, scale), toPlane(to, scale)));
  }
  return nearest;
}

/** @returns {boolean} whether the point lies inside; holes are outside */
export const holds = (polygons, point) => polygons.some((rings) => isInside(rings, point));

/** The plane of shared/geo/plane.py: the scale of the latitude farthest from the equator that is asked for. */
function metresPerDegree(polygons) {
  let farthest = 0;
  for (const [, latitude] of polygons.flat(2)) farthest = Math.max(farthest, Math.abs(latitude));
  const latitude = Math.min(89, farthest + CELL_RADIUS_M / METRES_PER_DEGREE);
  return [METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180), METRES_PER_DEGREE];
}

/** @param {number[]} point @param {number[]} scale */
const toPlane = ([lng, lat], [east, north]) => [lng * east, lat * north];

function* sides(rings) {
  for (const ring of rings) {
    for (let corner = 1; corner < ring.length; corner += 1) yield [ring[corner - 1], ring[corner]];
  }
}

/** Even-odd over all rings. @param {number[][][]} rings @param {number[]} point */
function isInside(rings, [x, y]) {
  let inside = false;
  for (const [[x1, y1], [x2, y2]] of sides(rings)) {
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  }
  return inside;
}

/** @param {number[]} at @param {number[]} from @param {number[]} to */
function distanceToSide([x, y], [x1, y1], [x2, y2]) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const along = length ? Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length)) : 0;
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}
