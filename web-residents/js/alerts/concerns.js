// Whether an area means a place. The server's rule (docs/adr, "Places as cells"): the centre of the place's cell
// lies in the area or at most a cell's radius beyond its border.

const EARTH_RADIUS_M = 6_371_007.180918475; // H3's own sphere
const METRES_PER_DEGREE = (EARTH_RADIUS_M * Math.PI) / 180;
const CELL_RADIUS_M = 4.2; // shared/geo/shapes.py, PLACE_RADIUS_M
// The server grows the area by chords of arcs that reach between 4.2 m and this (shapes.py, `buffered`): who
// got a push is always told that it concerns them.
const REACH_M = CELL_RADIUS_M / Math.cos((0.75 * Math.PI) / 32);

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
 * @param {[number, number]} point longitude, latitude
 * @returns {number} metres to the nearest part, 0 inside
 */
export function distance(polygons, point) {
  const scale = metresPerDegree(polygons);
  const at = toPlane(point, scale);
  const near = polygons.map((rings) => distanceTo(rings.map((ring) => ring.map((corner) => toPlane(corner, scale))), at));
  return Math.min(Infinity, ...near);
}

/** @returns {boolean} whether a push for this area goes to a place whose cell has its centre at `point` */
export const concerns = (polygons, point) => distance(polygons, point) <= REACH_M;

/** The plane of shared/geo/plane.py: the scale of the latitude farthest from the equator that is asked for. */
function metresPerDegree(polygons) {
  let farthest = 0;
  for (const [, latitude] of polygons.flat(2)) farthest = Math.max(farthest, Math.abs(latitude));
  const latitude = Math.min(89, farthest + CELL_RADIUS_M / METRES_PER_DEGREE);
  return [METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180), METRES_PER_DEGREE];
}

const toPlane = ([lng, lat], [east, north]) => [lng * east, lat * north];

function distanceTo(rings, point) {
  if (isInside(rings, point)) return 0;
  let nearest = Infinity;
  for (const [from, to] of sides(rings)) nearest = Math.min(nearest, distanceToSide(point, from, to));
  return nearest;
}

function* sides(rings) {
  for (const ring of rings) {
    for (let corner = 1; corner < ring.length; corner += 1) yield [ring[corner - 1], ring[corner]];
  }
}

/** Even-odd over all rings, so holes are outside. */
function isInside(rings, [x, y]) {
  let inside = false;
  for (const [[x1, y1], [x2, y2]] of sides(rings)) {
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  }
  return inside;
}

function distanceToSide([x, y], [x1, y1], [x2, y2]) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const along = length ? Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length)) : 0;
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}
