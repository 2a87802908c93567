// The map on which a point is confirmed: borders, streets, the point, how sure the phone is of it. Nothing comes from elsewhere.

import {
  Circle, circular, defaultInteractions, DragPan, Feature, Fill, focusWithTabindex, fromLonLat, Map, MouseWheelZoom, Point, Stroke, Style, toLonLat,
  Translate, View,
} from '../../vendor/ol.js';
import { addStyles, border, controls, filled, layer, nameButtons, outlines } from './map_parts.js';
import { mapInk, onInkChange } from './map_ink.js';
import { Streets } from './streets.js';
import { byMouseOrChosen, Touch } from './touch.js';

const FINGER = 22; // pixels about the point at which it can be taken
const CLOSEST = 18; // zoom: about 0.4 m per pixel in Poland
const AROUND = 150; // metres shown about a point of which the accuracy is better or unknown
const ROOM = [28, 28, 28, 28];
const CORNERS = 64;

const doubt = (ink) => filled(ink.doubt, ink['doubt-fill'], { width: 2 });
const disk = (radius, fill, edge) =>
  new Style({
    image: new Circle({
      radius,
      fill: new Fill({ color: fill }),
      ...(edge && { stroke: new Stroke({ color: edge, width: 3 }) }),
      declutterMode: 'obstacle',
    }),
  });
const pin = (ink) => [disk(14, ink.halo), disk(10, ink.pin, ink.edge)];

const disc = ({ lat, lng }, metres) => circular([lng, lat], metres, CORNERS).transform('EPSG:4326', 'EPSG:3857');

const pointOf = (coordinate) => {
  const [lng, lat] = toLonLat(coordinate);
  return { lat, lng };
};

/** Wheel and finger move the map only after it was chosen; else it would catch everyone who scrolls past. */
const interactions = (moving) =>
  defaultInteractions({ altShiftDragRotate: false, pinchRotate: false, mouseWheelZoom: false, dragPan: false, keyboard: false }).extend([
    new DragPan({ condition: byMouseOrChosen }),
    new MouseWheelZoom({ condition: focusWithTabindex }),
    moving,
  ]);

export class PlaceMap {
  #view = new View({ center: [0, 0], zoom: 2, maxZoom: CLOSEST, enableRotation: false });
  #borders = layer();
  #streets = new Streets(mapInk());
  #doubts = layer();
  #pin = new Feature(new Point([0, 0]));
  /** @type {{point: {lat: number, lng: number}, accuracy: number | null} | null} */
  #shown = null;
  /** @type {any} */
  #pins;
  /** @type {Map} */
  #map;
  #stop;

  /**
   * @param {HTMLElement} element gets the map
   * @param {{words: (key: string) => string, onMove: (point: {lat: number, lng: number}) => void}} options
   *   `onMove`: after the point was dragged, or the map tapped elsewhere
   */
  constructor(element, { words, onMove }) {
    addStyles();
    this.#pins = layer([this.#pin], { declutter: true }); // names keep away from it
    const moving = new Translate({ layers: [this.#pins], hitTolerance: FINGER, condition: byMouseOrChosen });
    this.#map = new Map({
      target: element,
      view: this.#view,
      controls: controls(words),
      interactions: interactions(moving),
      layers: [this.#borders, this.#streets.layer, this.#doubts, this.#pins],
    });
    this.#draw(mapInk());
    this.#stop = onInkChange((ink) => this.#draw(ink));
    const touch = new Touch(element, words('places.map.touch'));
    moving.on('translating', () => this.#doubts.getSource()?.clear());
    moving.on('translateend', ({ coordinate, startCoordinate }) => {
      if (String(coordinate) !== String(startCoordinate)) onMove(pointOf(this.#pin.getGeometry()?.getCoordinates()));
    });
    this.#map.on('singleclick', ({ coordinate }) => touch.takes(words('places.map.chosen')) && onMove(pointOf(coordinate)));
    nameButtons(element);
    this.#map.once('change:size', () => this.#fit()); // the size is known only once the element stands in the page
  }

  /** @param {object[]} boundaries of municipalities, GeoJSON geometries */
  outline(boundaries) {
    this.#borders.getSource()?.clear();
    this.#borders.getSource()?.addFeatures(outlines(boundaries));
  }

  /** Streets of the municipality it lies in, once they are there. @param {string | undefined} terc */
  underlay(terc) {
    return this.#streets.show(terc);
  }

  /** @param {number | null} accuracy metres; @param {boolean} anew whether to go to the point, wherever it is */
  show(point, accuracy, anew) {
    this.#shown = { point, accuracy };
    const at = fromLonLat([point.lng, point.lat]);
    this.#pin.getGeometry()?.setCoordinates(at);
    this.#streets.draw({ pins: [at] });
    this.#doubts.getSource()?.clear();
    if (accuracy) this.#doubts.getSource()?.addFeature(new Feature(disc(point, accuracy)));
    if (!this.#map.getSize()) return;
    if (anew) this.#fit();
    else this.#follow(at);
  }

  zoom(by) {
    this.#view.adjustZoom(by);
  }

  close() {
    this.#stop();
    this.#map.setTarget(undefined);
  }

  #draw(ink) {
    this.#borders.setStyle(border(ink));
    this.#doubts.setStyle(doubt(ink));
    this.#pins.setStyle(pin(ink));
    this.#streets.draw({ ink });
  }

  #fit() {
    if (!this.#shown) return;
    const { point, accuracy } = this.#shown;
    this.#view.fit(disc(point, Math.max(AROUND, accuracy ?? 0)).getExtent(), { padding: ROOM });
  }

  /** A point that leaves the picture takes it along. */
  #follow(coordinate) {
    const [west, south, east, north] = this.#view.calculateExtent(this.#map.getSize());
    const [x, y] = coordinate;
    if (x < west || x > east || y < south || y > north) this.#view.setCenter(coordinate);
  }
}
