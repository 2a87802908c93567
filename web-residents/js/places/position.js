// The point that is being confirmed: where it came from, where it was moved to, the cell and the municipality it lies in.

import { cellOf, centreOf } from './cells.js';
import { municipalityAt } from './municipality.js';
import { inPoland } from './poland.js';
import { edgeDistance, polygonsOf } from './shapes.js';

const METRES_PER_DEGREE = 111_195; // of latitude, on a sphere
const RADIAN = Math.PI / 180;

export const DIRECTIONS = { north: [0, 1], south: [0, -1], west: [-1, 0], east: [1, 0] };
export const STEP = 10; // metres
const BORDER = 50; // metres; published boundaries are up to 20 m beside the true ones

const north = ({ lat, lng }, metres) => ({ lat: lat + metres / METRES_PER_DEGREE, lng });
const east = ({ lat, lng }, metres) => ({ lat, lng: lng + metres / (METRES_PER_DEGREE * Math.cos(lat * RADIAN)) });

/** @typedef {import('./cells.js').Point} Point */

export class Position {
  /** @type {{point: Point, accuracy: number | null} | null} */
  #origin = null;
  #turn = 0;
  /** @type {any} */
  point = null;
  /** @type {string | null} */
  cell = null;
  /** @type {number | null} */
  accuracy = null; // metres; null once a person has moved the point, for then they know better
  /** @type {import('./municipality.js').Municipality | null} */
  municipality = null;

  /** @param {import('./municipality.js').Municipality[]} served */
  constructor(served) {
    this.served = served;
  }

  get moved() {
    return this.point !== this.#origin?.point;
  }

  /** Whether another municipality, or none, begins within what the point may be wrong by. */
  get atBorder() {
    const { lat, lng } = this.point;
    const polygons = this.municipality ? polygonsOf(this.municipality.boundary) : [];
    return edgeDistance(polygons, [lng, lat]) <= Math.max(BORDER, this.accuracy ?? 0);
  }

  /** A point that was measured, typed or stored. @param {Point} point @param {number | null} accuracy metres */
  async start(point, accuracy = null) {
    this.#origin = { point, accuracy };
    await this.#set(point, accuracy);
  }

  /** A point that the person chose. Outside Poland nothing changes. */
  async move(point) {
    if (inPoland(point)) await this.#set(point, null);
  }

  /** @param {keyof DIRECTIONS} direction */
  async nudge(direction, metres = STEP) {
    const [toEast, toNorth] = DIRECTIONS[direction];
    await this.move(east(north(this.point, toNorth * metres), toEast * metres));
  }

  async undo() {
    if (this.#origin) await this.#set(this.#origin.point, this.#origin.accuracy);
  }

  /** The municipality is that of the cell's centre, as on the server; of two moves the later one counts. */
  async #set(point, accuracy) {
    const turn = ++this.#turn;
    Object.assign(this, { point, accuracy });
    const cell = await cellOf(point);
    const municipality = municipalityAt(this.served, await centreOf(cell));
    if (turn === this.#turn) Object.assign(this, { cell, municipality });
  }
}
