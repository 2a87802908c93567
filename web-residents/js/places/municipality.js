// Which municipality a point lies in, by the published boundaries: the server decides by the exact ones, these are simplified.

const ADDRESS = '/municipalities.json';
const PATIENCE = 10_000; // ms
const SIMPLIFIED = 25; // metres; boundaries are published within 20 m of the exact ones
const EARTH = 6_371_008.8; // mean radius in metres
const RADIAN = Math.PI / 180;

/** @typedef {{terc: string, name: string, center: [number, number], boundary: object}} Municipality */

let asked = null;

/**
 * @returns {Promise<Municipality[]>} all that are served; asked for once, anew after a failure
 * @throws {Error} when it cannot be asked for
 */
export function municipalities() {
  asked ??= ask().catch((error) => {
    asked = null;
    throw error;
  });
  return asked;
}

async function ask() {
  const answer = await fetch(ADDRESS, { credentials: 'omit', signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`${ADDRESS}: ${answer.status}`);
  return (await answer.json()).municipalities;
}

const polygons = ({ type, coordinates }) => (type === 'Polygon' ? [coordinates] : coordinates);

/** Whether a ray to the east crosses the ring an odd number of times. */
function inRing(ring, { lat, lng }) {
  let inside = false;
  for (let now = 0, before = ring.length - 1; now < ring.length; before = now, now += 1) {
    const [x1, y1] = ring[before];
    const [x2, y2] = ring[now];
    if (y1 > lat !== y2 > lat && lng < x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  }
  return inside;
}

/** @param {object} boundary GeoJSON Polygon or MultiPolygon, longitude first; holes are outside */
export const holds = (boundary, point) =>
  polygons(boundary).some(([outer, ...holes]) => inRing(outer, point) && !holes.some((hole) => inRing(hole, point)));

/** Metres from the point to a ring, in the plane that touches the earth there. */
function distance(ring, { lat, lng }) {
  const flat = ring.map(([x, y]) => [(x - lng) * RADIAN * EARTH * Math.cos(lat * RADIAN), (y - lat) * RADIAN * EARTH]);
  const toEdge = ([x2, y2], index) => {
    const [x1, y1] = flat[index];
    const [dx, dy] = [x2 - x1, y2 - y1];
    const along = Math.min(1, Math.max(0, -(x1 * dx + y1 * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(x1 + along * dx, y1 + along * dy);
  };
  return Math.min(...flat.slice(1).map(toEdge));
}

const reach = (boundary, point) => Math.min(...polygons(boundary).flat().map((ring) => distance(ring, point)));

/**
 * The municipality of a point; just outside a simplified border it counts as inside, for no one is sent away by a
 * rounding.
 * @param {Municipality[]} served
 * @param {import('./cells.js').Point} point
 * @returns {Municipality | null}
 */
export function municipalityAt(served, point) {
  const inside = served.find(({ boundary }) => holds(boundary, point));
  return inside ?? served.find(({ boundary }) => reach(boundary, point) <= SIMPLIFIED) ?? null;
}
