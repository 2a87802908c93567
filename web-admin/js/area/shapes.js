// Shapes given by numbers, and what can be said of a shape in words.

import { circular, getArea, getDistance, Polygon } from '../../vendor/ol.js';
import { AreaError } from './area_error.js';
import { isInPoland } from './systems.js';

const CORNERS = 64;

/** @param {number[]} centre [longitude, latitude]; @param {number} radius metres on the ground */
export const circle = (centre, radius) => circular(centre, radius, CORNERS).getCoordinates();

const ROUND = 0.01; // of the radius, by which the corners of a circle may differ

const distances = (ring, centre) => ring.slice(1).map((corner) => getDistance(centre, corner));

function middleOf(ring) {
  const corners = ring.slice(1);
  return [0, 1].map((axis) => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length);
}

/** The circle that a part is, also one that was saved as its corners. @param {number[][][]} rings @returns {{centre: number[], radius: number} | null} */
export function circleOf([ring, ...holes]) {
  if (holes.length || ring.length !== CORNERS + 1) return null;
  const centre = middleOf(ring);
  const radii = distances(ring, centre);
  const radius = radii.reduce((sum, one) => sum + one, 0) / radii.length;
  return radii.every((one) => Math.abs(one - radius) <= ROUND * radius) ? { centre, radius } : null;
}

/** A circle whose rim was dragged becomes one of another radius, not one with a notch. @param {number[][][]} before @param {number[][][]} after */
export function reshaped(before, after) {
  const round = circleOf(before);
  if (!round || after.length > 1 || circleOf(after)) return after;
  const moved = distances(after[0], round.centre).sort((one, other) => Math.abs(other - round.radius) - Math.abs(one - round.radius));
  return circle(round.centre, Math.max(1, moved[0]));
}

/** Whether the boxes about two rings meet. */
function mayMeet(one, other) {
  const [[west, south, east, north], theirs] = [one, other].map((ring) => new Polygon([ring]).getExtent());
  return west < theirs[2] && theirs[0] < east && south < theirs[3] && theirs[1] < north;
}

/**
 * With the ring taken out of all parts that lie there; of a part by name the shape is not known here.
 * @param {import('./model.js').Part[]} parts @param {number[][]} ring
 * @returns {import('./model.js').Part[] | null} null when no part can lie there
 */
export function withExclusion(parts, ring) {
  const isThere = parts.some(({ rings, excluded }) => !excluded && (!rings || mayMeet(rings[0], ring)));
  return isThere ? [...parts, { rings: [ring], excluded: true }] : null;
}

/** Square metres on the ground, holes taken out. */
export const surface = ({ rings }) => getArea(new Polygon(rings), { projection: 'EPSG:4326' });

/**
 * Corners typed as "latitude, longitude", one a line; a decimal comma works when a space or semicolon parts the two.
 * @returns {number[][]} a closed ring of [longitude, latitude]
 * @throws {AreaError}
 */
export function parseCorners(text) {
  const corners = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map(parsePoint);
  if (corners.length < 3) throw new AreaError('area.error.corners');
  return [...corners, corners[0]];
}

/** @param {string} text "50.05, 19.94" or "50,05 19,94"; @returns {number[]} [longitude, latitude] */
export function parsePoint(text) {
  const numbers = text.match(/-?\d+(?:[.,]\d+)?/g)?.map((part) => Number(part.replace(',', '.'))) ?? [];
  const [latitude, longitude] = numbers;
  if (numbers.length !== 2 || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
    throw new AreaError('area.error.point');
  }
  if (isInPoland(longitude, latitude) === false) {
    throw new AreaError(isInPoland(latitude, longitude) ? 'area.error.swapped' : 'area.error.abroad');
  }
  return [longitude, latitude];
}
