// Drawing on the map, by pointer or by keyboard: every gesture ends as a change of the area.

import { Draw, getDistance, Modify, never, Snap, toLonLat } from '../../vendor/ol.js';
import { partOf } from './map.js';
import { circle, reshaped, withExclusion } from './shapes.js';
import { drawingStyle } from './styles.js';

export const MODES = ['move', 'polygon', 'circle', 'hole', 'modify', 'remove'];

const HIT = 6; // pixels; a finger is not exact

/** A circle of the map's metres, which grow with the latitude, as one of metres on the ground. */
function circleOnGround(drawn) {
  const centre = toLonLat(drawn.getCenter());
  return circle(centre, getDistance(centre, toLonLat(drawn.getLastCoordinate())));
}

/** Different corners placed so far, without the one that follows the pointer and the one that closes the ring. */
function corners(feature) {
  const geometry = feature.getGeometry();
  if (geometry.getType() !== 'Polygon') return 1; // a circle that has its middle
  return new Set(geometry.getCoordinates()[0].slice(0, -2).map(String)).size;
}

export class Drawing {
  #map;
  #source;
  #area;
  #listeners;
  #tools = [];
  /** @type {Draw | null} */
  #draw = null;
  /** @type {Modify | null} */
  #modify = null;
  #sketched = 0;

  /**
   * @param {ReturnType<import('./map.js').createMap>} shown
   * @param {import('./model.js').Area} area
   * @param {{onMode: (mode: string) => void, onSketch: (corners: number) => void, onRefused: (key: string) => void}} listeners
   */
  constructor(shown, area, listeners) {
    this.#map = shown.map;
    this.#source = shown.area;
    this.#area = area;
    this.#listeners = listeners;
    this.mode = 'move';
    this.#map.on('click', (event) => this.mode === 'remove' && this.#removeAt(event.pixel));
  }

  /** @param {string} mode one of MODES */
  setMode(mode) {
    this.#tools.forEach((tool) => this.#map.removeInteraction(tool));
    this.#tools = [];
    this.#draw = null;
    this.#modify = null;
    this.mode = mode;
    if (mode === 'modify') this.#startModifying();
    else if (mode !== 'move' && mode !== 'remove') this.#startDrawing(mode);
    this.#sketch(0);
    this.#listeners.onMode(mode);
  }

  /** Puts a corner where the cross in the middle of the map is. */
  addCorner() {
    this.#draw?.appendCoordinates([this.#middle()]);
  }

  removeCorner() {
    this.#draw?.removeLastPoint();
  }

  finish() {
    if (this.#sketched < 3) this.#listeners.onRefused('area.error.corners');
    else this.#draw?.finishDrawing();
  }

  /** The middle of the map, [longitude, latitude]. */
  centre() {
    return toLonLat(this.#middle());
  }

  #middle() {
    return this.#map.getView().getCenter() ?? [0, 0];
  }

  #sketch(count) {
    this.#sketched = count;
    this.#listeners.onSketch(count);
  }

  #use(...tools) {
    this.#tools = tools;
    tools.forEach((tool) => this.#map.addInteraction(tool));
  }

  #startDrawing(mode) {
    const type = mode === 'circle' ? 'Circle' : 'Polygon';
    const draw = new Draw({ type, style: drawingStyle, freehandCondition: never, stopClick: true });
    draw.on('drawstart', ({ feature }) => {
      const count = () => this.#sketch(Math.max(1, corners(feature)));
      feature.getGeometry()?.on('change', count);
      count();
    });
    draw.on('drawabort', () => this.#sketch(0));
    // Taken after the interaction has let go of its sketch.
    draw.on('drawend', ({ feature }) => queueMicrotask(() => this.#take(mode, feature)));
    this.#draw = draw;
    this.#use(draw, new Snap({ source: this.#source }));
  }

  #startModifying() {
    const modify = new Modify({ source: this.#source, style: drawingStyle });
    modify.on('modifyend', () => this.#takeModified());
    this.#modify = modify;
    this.#use(modify, new Snap({ source: this.#source }));
  }

  /** Each in its place: parts by name are not on the map to be adjusted. */
  #takeModified() {
    const parts = [...this.#area.parts];
    for (const feature of this.#source.getFeatures()) {
      const index = Number(feature.getId());
      parts[index] = this.#modified(partOf(feature), index);
    }
    this.#area.set(parts);
  }

  #modified(part, index) {
    const before = this.#area.parts[index];
    return before ? { ...part, rings: reshaped(before.rings, part.rings) } : part;
  }

  /** The corner that was pointed at last; a finger has no key to hold. */
  removePointed() {
    if (!this.#modify?.removePoint()) this.#listeners.onRefused('area.error.noCorner');
  }

  #take(mode, feature) {
    this.setMode('move');
    if (mode === 'circle') return this.#area.add({ rings: circleOnGround(feature.getGeometry()) });
    if (mode === 'polygon') return this.#area.add(partOf(feature));
    const parts = withExclusion(this.#area.parts, partOf(feature).rings[0]);
    return parts ? this.#area.set(parts) : this.#listeners.onRefused('area.error.hole');
  }

  #removeAt(pixel) {
    const ours = (feature) => (this.#source.hasFeature(feature) ? feature : undefined);
    const hit = this.#map.forEachFeatureAtPixel(pixel, ours, { hitTolerance: HIT });
    if (hit) this.#area.remove(hit.getId());
  }
}
