// The map of a municipality on which a house is tapped. From far away a tap leads nearer; near enough, it takes the house.

import { defaultInteractions, Map, toLonLat, View } from '../../vendor/ol.js';
import { addStyles, border, controls, layer, nameButtons, outlines } from './map_parts.js';
import { mapInk, onInkChange } from './map_ink.js';
import { Streets } from './streets.js';

const CLOSEST = 19; // zoom
const APART = 1.6; // metres of Web Mercator per pixel: nearer than that, a finger takes one house
const NEARER = 2.5; // zoom levels by which a tap from far away leads nearer
const STREET_ROOM = { padding: [40, 40, 40, 40], maxZoom: 17.5 };
const ROOM = { padding: [12, 12, 12, 12] };
const FINGER = 24; // pixels about a finger in which a house is meant
const MOVE_MS = 250;

const extentOf = (drawn) => drawn.getSource()?.getExtent() ?? [];

const still = matchMedia('(prefers-reduced-motion: reduce)');

export class HouseMap {
  #view = new View({ center: [0, 0], zoom: 2, maxZoom: CLOSEST, enableRotation: false });
  #borders = layer();
  #streets = new Streets(mapInk());
  /** @type {Map} */
  #map;
  #stop;

  /**
   * @param {HTMLElement} element gets the map
   * @param {{words: (key: string) => string, terc: string, boundary: object, houses: {lat: number, lon: number}[],
   *   onTap: (point: {lat: number, lng: number}, reach: number) => void}} options `houses`: what is shown first, of a street; none: all of it;
   *   `onTap`: near enough to take one house, and within how many metres of the finger it may be
   */
  constructor(element, { words, terc, boundary, houses, onTap }) {
    addStyles();
    this.onTap = onTap;
    const options = { controls: controls(words), interactions: defaultInteractions({ altShiftDragRotate: false, pinchRotate: false }) };
    this.#map = new Map({ target: element, view: this.#view, layers: [this.#borders, this.#streets.layer], ...options });
    nameButtons(element);
    this.#borders.getSource()?.addFeatures(outlines([boundary]));
    this.#draw(mapInk());
    this.#stop = onInkChange((ink) => this.#draw(ink));
    this.#streets.show(terc);
    if (this.#map.getSize()) this.#fit(houses);
    else this.#map.once('change:size', () => this.#fit(houses));
    this.#map.on('singleclick', ({ coordinate }) => this.take(coordinate));
  }

  #draw(ink) {
    this.#borders.setStyle(border(ink));
    this.#streets.draw({ ink });
  }

  #fit(houses) {
    const shown = layer(outlines(houses.map(({ lat, lon }) => ({ type: 'Point', coordinates: [lon, lat] }))));
    const [extent, room] = houses.length ? [extentOf(shown), STREET_ROOM] : [extentOf(this.#borders), ROOM];
    this.#view.fit(extent, room);
  }

  /** What is in the map's middle, for the keyboard. */
  takeMiddle() {
    this.take(this.#view.getCenter() ?? [0, 0]);
  }

  /** @param {number[]} coordinate in the map's own */
  take(coordinate) {
    const [lng, lat] = toLonLat(coordinate);
    const resolution = this.#view.getResolution() ?? Infinity;
    if (resolution <= APART) return this.onTap({ lat, lng }, FINGER * resolution * Math.cos((lat * Math.PI) / 180));
    const zoom = Math.max((this.#view.getZoom() ?? 0) + NEARER, 0);
    return this.#view.animate({ center: coordinate, zoom, duration: still.matches ? 0 : MOVE_MS });
  }

  zoom(by) {
    this.#view.adjustZoom(by);
  }

  close() {
    this.#stop();
    this.#map.setTarget(undefined);
  }
}
