// The area being drawn: parts, each an outer ring and holes, with every earlier version for undo.

/**
 * A part as in a GeoJSON Polygon's coordinates: the outer ring, then holes; positions are
 * [longitude, latitude] in degrees, rings closed.
 * @typedef {number[][][]} Part
 */

export class Area {
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

  #become(parts) {
    this.parts = parts;
    this.#listeners.forEach((listener) => listener(parts));
  }
}

/** The parts as one GeoJSON geometry; null when there are none. The API unites parts that overlap. */
export function geometryOf(parts) {
  if (!parts.length) return null;
  if (parts.length === 1) return { type: 'Polygon', coordinates: parts[0] };
  return { type: 'MultiPolygon', coordinates: parts };
}
