// The area without the map: a circle by numbers, corners by coordinates, GeoJSON pasted or from a file.

import { focusOn } from '../shell/failure.js';
import { t } from '../i18n/index.js';
import { AreaError } from './area_error.js';
import { decoded } from './file_text.js';
import { readGeojson } from './geojson.js';
import { numbersView } from './numbers_view.js';
import { circle, parseCorners, parsePoint, withExclusion } from './shapes.js';

const LARGEST_FILE = 5_000_000; // bytes
const LARGEST_RADIUS = 50_000; // metres

export class Numbers {
  /** @type {string} */
  point;
  /** @type {string} */
  radius;
  /** @type {string} */
  corners;
  /** @type {string} */
  geojson;
  /** @type {{centre: () => number[], onAdded: () => void, draw: () => void}} */
  #around;


  /**
   * @param {import('./model.js').Area} area
   * @param {{centre: () => number[], onAdded: () => void, draw: () => void}} around
   *   `centre` is the middle of the map, [longitude, latitude]
   */
  constructor(area, around) {
    this.#around = around;
    this.area = area;
    Object.assign(this, { point: '', radius: '200', corners: '', kind: 'part', geojson: '', errors: {}, taken: null });
  }

  template() {
    return numbersView(this);
  }

  chooseKind = (kind) => {
    this.kind = kind;
    this.#around.draw();
  };

  addCircle = () =>
    this.#attempt('circle-point', () => {
      const middle = parsePoint(this.point);
      const radius = Number(this.radius.replace(',', '.'));
      if (!(radius > 0 && radius <= LARGEST_RADIUS)) throw new AreaError('area.error.radius', 'circle-radius');
      this.area.add({ rings: circle(middle, radius) });
    });

  addCorners = () =>
    this.#attempt('corners', () => {
      const ring = parseCorners(this.corners);
      const parts = this.kind === 'hole' ? withExclusion(this.area.parts, ring) : [...this.area.parts, { rings: [ring] }];
      if (!parts) throw new AreaError('area.error.hole');
      this.area.set(parts);
    });

  addGeojson = () =>
    this.#attempt('geojson', () => {
      this.#take(this.geojson);
      this.geojson = '';
    });

  addFile = async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    const text = file.size > LARGEST_FILE ? null : decoded(await file.arrayBuffer());
    event.target.value = ''; // so that the same file can be chosen again
    this.#attempt('geojson-file', () => {
      if (text === null) throw new AreaError('area.error.fileSize');
      this.#take(text);
    });
  };

  /** Parts that the area has already are not added once more. */
  #take(text) {
    const { parts, left } = readGeojson(text);
    const there = new Set(this.area.parts.map(({ rings }) => JSON.stringify(rings)));
    const fresh = parts.filter(({ rings }) => !there.has(JSON.stringify(rings)));
    if (!fresh.length) throw new AreaError('area.error.already');
    this.area.add(...fresh);
    this.taken = { count: fresh.length, left };
  }

  takeCentre = () => this.#fillPoint(this.#around.centre());

  /** @param {number[]} position */
  #fillPoint([longitude, latitude]) {
    this.point = `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;
    this.errors = {};
    this.#around.draw();
  }

  #fail(field, key, parameters = {}) {
    this.errors = { [field]: t(key, parameters) };
    this.#around.draw();
    queueMicrotask(() => focusOn(field));
  }

  /** Runs `work`; an AreaError is shown at its own field, else at `field`. */
  #attempt(field, work) {
    Object.assign(this, { errors: {}, taken: null });
    try {
      work();
      this.#around.onAdded();
      this.#around.draw();
    } catch (error) {
      if (!(error instanceof AreaError)) throw error;
      this.#fail(error.field ?? field, error.message, error.parameters);
    }
  }
}
