// Whether an area means a place. The server's rule (docs/adr, "Places as cells"): the centre of the place's cell
// lies in the area or at most a cell's radius beyond its border.

import { CELL_RADIUS_M, distance } from '../places/shapes.js';

// The server grows the area by chords of arcs that reach between a cell's radius and this (shapes.py, `buffered`):
// who got a push is always told that it concerns them.
const REACH_M = CELL_RADIUS_M / Math.cos((0.75 * Math.PI) / 32);

/** @returns {boolean} whether a push for this area goes to a place whose cell has its centre at `point` */
export const concerns = (polygons, point) => distance(polygons, point) <= REACH_M;

const NEAR = 0.001; // degrees, more than REACH_M anywhere in Poland: what is farther outside needs no measuring

/** As `concerns`, of the many addresses of a whole village. @param {number[][][][]} polygons @param {[number, number][]} points */
export function concernsAny(polygons, points) {
  const corners = polygons.flat(2);
  const [lngs, lats] = [0, 1].map((axis) => corners.map((corner) => corner[axis]));
  const [west, south, east, north] = [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)];
  const isNear = ([lng, lat]) => lng > west - NEAR && lng < east + NEAR && lat > south - NEAR && lat < north + NEAR;
  return points.some((point) => isNear(point) && concerns(polygons, point));
}
