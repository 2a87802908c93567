// The area being drawn: parts, each an outer ring and holes, with every earlier version for undo.

import { AreaError } from './area_error.js';
import { isKeptNamed, isNamed } from './parts.js';

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

  /** @param {any[]} parts */
  constructor(parts = []) {
    this.parts = parts;
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  /** @param {any[]} parts drawn or by name */
  set(parts) {
    this.#past.push(this.parts);
    this.#future = [];
    this.#become(parts);
  }

  /** @param {any[]} parts */
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

const isPosition = (value) => Array.isArray(value) && value.length > 1 && value.every(Number.isFinite);
const isRing = (value) => Array.isArray(value) && value.length > 3 && value.every(isPosition);
const isRings = (value) => Array.isArray(value) && value.length > 0 && value.every(isRing);

function keptNamed(part) {
  if (!isKeptNamed(part)) throw new AreaError('area.error.lost');
  return part;
}

/**
 * Parts as a browser kept them; of an earlier release they are their rings alone.
 * @param {any} parts
 * @returns {Part[]}
 * @throws {AreaError} when one cannot be read
 */
export function kept(parts) {
  if (!Array.isArray(parts)) throw new AreaError('area.error.lost');
  return parts.map((part) => {
    if (isNamed(part)) return keptNamed(part);
    const { rings, name, excluded } = Array.isArray(part) ? { rings: part } : (part ?? {});
    if (!isRings(rings)) throw new AreaError('area.error.lost');
    return { rings, ...(typeof name === 'string' && { name }), ...(excluded === true && { excluded }) };
  });
}
