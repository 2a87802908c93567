// The area being drawn: parts, each an outer ring and holes, with every earlier version for undo.

import { AreaError } from './area_error.js';

/**
 * `rings` as in a GeoJSON Polygon's coordinates: the outer ring, then holes; positions are [longitude, latitude] in
 * degrees, rings closed. `name`: in the file it came from. `excluded`: taken out of all other parts.
 * @typedef {{rings: number[][][], name?: string, excluded?: boolean}} Part
 */

export class Area {
  /** A place that the API found fault with, [longitude, latitude]. @type {number[] | null} */
  mark = null;
  #past = [];
  #future = [];
  #listeners = new Set();
  /** Corners of a shape that is begun and not closed. */
  sketching = 0;

  /** @param {Part[]} parts */
  constructor(parts = []) {
    this.parts = parts;
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  /** @param {Part[]} parts */
  set(parts) {
    this.#past.push(this.parts);
    this.#future = [];
    this.#become(parts);
  }

  /** @param {Part[]} parts */
  add(...parts) {
    this.set([...this.parts, ...parts]);
  }

  remove(index) {
    this.set(this.parts.filter((_, other) => other !== index));
  }

  undo() {
    if (!this.canUndo) return;
    this.#future.push(this.parts);
    this.#become(this.#past.pop());
  }

  redo() {
    if (!this.canRedo) return;
    this.#past.push(this.parts);
    this.#become(this.#future.pop());
  }

  /** @param {(parts: Part[]) => void} listener; @returns ends it */
  onChange(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Shows where the fault is until the area changes. @param {number[] | null} place */
  markAt(place) {
    this.mark = place;
    this.#listeners.forEach((listener) => listener(this.parts, true));
  }

  #become(parts) {
    this.parts = parts;
    this.mark = null;
    this.#listeners.forEach((listener) => listener(parts));
  }
}

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

const isPosition = (value) => Array.isArray(value) && value.length > 1 && value.every(Number.isFinite);
const isRing = (value) => Array.isArray(value) && value.length > 3 && value.every(isPosition);
const isRings = (value) => Array.isArray(value) && value.length > 0 && value.every(isRing);

/**
 * Parts as a browser kept them; of an earlier release they are their rings alone.
 * @param {any} parts
 * @returns {Part[]}
 * @throws {AreaError} when one cannot be read
 */
export function kept(parts) {
  if (!Array.isArray(parts)) throw new AreaError('area.error.lost');
  return parts.map((part) => {
    const { rings, name, excluded } = Array.isArray(part) ? { rings: part } : (part ?? {});
    if (!isRings(rings)) throw new AreaError('area.error.lost');
    return { rings, ...(typeof name === 'string' && { name }), ...(excluded === true && { excluded }) };
  });
}
