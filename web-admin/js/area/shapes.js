// Shapes given by numbers, and what can be said of a shape in words.

import { circular, getArea, Polygon } from '../../vendor/ol.js';
import { AreaError } from './geojson.js';

const CORNERS = 64;

/** @param {number[]} centre [longitude, latitude]; @param {number} radius metres on the ground */
export const circle = (centre, radius) => circular(centre, radius, CORNERS).getCoordinates();

/**
 * The part that holds the whole ring gets it as a hole.
 * @returns {import('./model.js').Part[] | null} null when no part holds it
 */
export function withHole(parts, ring) {
  const index = parts.findIndex((part) => {
    const host = new Polygon(part);
    return ring.every((corner) => host.intersectsCoordinate(corner));
  });
  return index < 0 ? null : parts.map((part, other) => (other === index ? [...part, ring] : part));
}

/** Square metres on the ground, holes taken out. */
export const surface = (part) => getArea(new Polygon(part), { projection: 'EPSG:4326' });

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
  return [longitude, latitude];
}
