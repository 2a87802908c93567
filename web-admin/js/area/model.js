// The area being drawn: parts, each an outer ring and holes, with every earlier version for undo.

/**
 * A part as in a GeoJSON Polygon's coordinates: the outer ring, then holes; positions are
 * [longitude, latitude] in degrees, rings closed.
 * @typedef {number[][][]} Part
 */

/** @param {Part[]} parts */
export function createArea(parts = []) {
  let past = [];
  let future = [];
  let current = parts;
  const listeners = new Set();

  const become = (next) => {
    current = next;
    listeners.forEach((listener) => listener(current));
  };

  return {
    /** @returns {Part[]} */
    get parts() {
      return current;
    },
    get canUndo() {
      return past.length > 0;
    },
    get canRedo() {
      return future.length > 0;
    },
    /** @param {Part[]} next */
    set(next) {
      past = [...past, current];
      future = [];
      become(next);
    },
    add(part) {
      this.set([...current, part]);
    },
    remove(index) {
      this.set(current.filter((_, other) => other !== index));
    },
    undo() {
      if (!past.length) return;
      future = [current, ...future];
      const previous = past.at(-1);
      past = past.slice(0, -1);
      become(previous);
    },
    redo() {
      if (!future.length) return;
      past = [...past, current];
      const [next, ...rest] = future;
      future = rest;
      become(next);
    },
    /** @param {(parts: Part[]) => void} listener; @returns ends it */
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The parts as one GeoJSON geometry; null when there are none. The API unites parts that overlap. */
export function geometryOf(parts) {
  if (!parts.length) return null;
  if (parts.length === 1) return { type: 'Polygon', coordinates: parts[0] };
  return { type: 'MultiPolygon', coordinates: parts };
}
