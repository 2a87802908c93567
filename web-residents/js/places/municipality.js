// Which municipality a point lies in, by the published boundaries: the server decides by the exact ones, these are simplified.

import { distance, holds, polygonsOf } from './shapes.js';

const ADDRESS = '/municipalities.json';
const PATIENCE = 10_000; // ms
const SIMPLIFIED = 25; // metres; boundaries are published within 20 m of the exact ones

/** @typedef {{terc: string, name: string, center: [number, number], boundary: object,
 *   contact?: {phone?: string, email?: string, address?: string, dpo?: string}}} Municipality */

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

/**
 * The municipality of a point; just outside a simplified border it counts as inside, for no one is sent away by a
 * rounding.
 * @param {Municipality[]} served
 * @param {import('./cells.js').Point} point
 * @returns {Municipality | null}
 */
export function municipalityAt(served, { lat, lng }) {
  const inside = served.find(({ boundary }) => holds(polygonsOf(boundary), [lng, lat]));
  return inside ?? served.find(({ boundary }) => distance(polygonsOf(boundary), [lng, lat]) <= SIMPLIFIED) ?? null;
}

/**
 * All whose border is so near that a point may lie in them.
 * @param {Municipality[]} served @param {import('./cells.js').Point} point @param {number} metres
 */
export const municipalitiesNear = (served, { lat, lng }, metres) =>
  served.filter(({ boundary }) => distance(polygonsOf(boundary), [lng, lat]) <= metres);
