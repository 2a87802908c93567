// What lies beneath a map: houses as points, with the names of streets and places.

import {
  boundingExtent, Circle, Fill, GeoJSON, getCenter, MultiPoint, Stroke, Style, Text, VectorLayer, VectorSource,
} from '../../vendor/ol.js';
import { streetsOf } from './street_map.js';

const HOUSES_FROM = 25; // metres of Web Mercator per pixel: nearer than that, houses are shown
const CLOSE = 5; // nearer than that, houses stand apart from one another
const NAMES_FROM = 10; // nearer than that, streets have names where there is room
const APART = 150; // pixels at least between two names of one street
const [LETTER, LINE, PIN] = [7, 16, 18]; // pixels: wide, high, and what is kept clear about a pin

const format = new GeoJSON({ dataProjection: 'EPSG:4326', featureProjection: 'EPSG:3857' });

/** @typedef {Record<string, string>} Ink see map_ink.js */

const dot = (radius, { house }) => new Style({ image: new Circle({ radius, fill: new Fill({ color: house }), declutterMode: 'none' }) });

const named = (name, font, colour, { halo }) =>
  new Text({
    text: name,
    font: `${font} system-ui, sans-serif`,
    fill: new Fill({ color: colour }),
    stroke: new Stroke({ color: halo, width: 3.5 }),
  });

const place = (name, ink) => new Style({ text: named(name, '600 14px', ink.place, ink), zIndex: 2 });

/** Of a street's houses some, so far from one another that its name fits beside each; the first is in its middle. */
function spread(points, least) {
  const [x, y] = getCenter(boundingExtent(points));
  const from = (point) => Math.hypot(point[0] - x, point[1] - y);
  const kept = [];
  for (const point of [...points].sort((one, other) => from(one) - from(other))) {
    if (kept.every((other) => Math.hypot(point[0] - other[0], point[1] - other[1]) >= least)) kept.push(point);
  }
  return kept;
}

/** Nothing where pins leave no room. A long street has its name more than once, so that one is in the picture wherever that is; none is beneath a pin. */
function names(feature, resolution, pins, ink) {
  const name = feature.get('name');
  const [wide, high] = [(name.length * LETTER) / 2 + PIN, LINE / 2 + PIN].map((pixels) => pixels * resolution);
  const free = ([x, y]) => pins.every(([pinX, pinY]) => Math.abs(x - pinX) > wide || Math.abs(y - pinY) > high);
  const points = feature.getGeometry().getCoordinates().filter(free);
  const geometry = new MultiPoint(spread(points, APART * resolution));
  return points.length ? [new Style({ geometry, text: named(name, '13px', ink.name, ink), zIndex: 1 })] : [];
}

const isStreet = (feature) => feature.getGeometry().getType() === 'MultiPoint';

/** Houses of a village without streets have its name, which stands there already. */
function styleAmong(pins, ink) {
  const [near, far] = [dot(2.2, ink), dot(1.4, ink)];
  return (feature, resolution) => {
    if (!isStreet(feature)) return place(feature.get('name'), ink);
    if (resolution > HOUSES_FROM) return undefined;
    const houses = resolution > CLOSE ? far : near;
    if (resolution > NAMES_FROM || feature.get('kind') === 'addresses') return houses;
    return [houses, ...names(feature, resolution, pins, ink)];
  };
}

export class Streets {
  #source = new VectorSource();
  #shown = new Map(); // TERC -> promise
  #pins = /** @type {number[][]} */ ([]);
  /** @type {Ink} */
  #ink;

  /** @param {Ink} ink */
  constructor(ink) {
    this.layer = new VectorLayer({ source: this.#source, declutter: true });
    this.draw({ ink });
  }

  /**
   * Draws a municipality's streets as soon as they are there; without them the map does as it is.
   * @param {string | undefined} terc
   * @returns {Promise<void>} once they are drawn, or are not to be had
   */
  async show(terc) {
    if (!terc) return;
    if (!this.#shown.has(terc)) this.#shown.set(terc, this.#draw(terc));
    await this.#shown.get(terc);
  }

  async #draw(terc) {
    const streets = await streetsOf(terc).catch(() => null);
    if (streets) this.#source.addFeatures(format.readFeatures(streets));
  }

  /** @param {{pins?: number[][], ink?: Ink}} how `pins`: where no street's name may stand, in the map's coordinates */
  draw({ pins = this.#pins, ink = this.#ink }) {
    this.#pins = pins;
    this.#ink = ink;
    this.layer.setStyle(styleAmong(pins, ink));
  }
}
