// What lies beneath a map: houses as points, with the names of streets and places. Open data, the same for everybody.

import {
  boundingExtent, Circle, Fill, fromLonLat, GeoJSON, getCenter, getDistance, MultiPoint, Stroke, Style, Text, toLonLat, VectorLayer,
  VectorSource,
} from '../../vendor/ol.js';

const PATIENCE = 10_000; // ms
const HOUSES_FROM = 25; // metres of Web Mercator per pixel: nearer than that, houses are shown
const CLOSE = 5; // nearer than that, houses stand apart from one another
const NAMES_FROM = 10; // nearer than that, streets have names where there is room
const APART = 150; // pixels at least between two names of one street
const NEAR = 500; // metres: a house further away says nothing of a point
const ABOUT = 5; // metres to which a distance is told
const [LETTER, LINE, PIN] = [7, 16, 18]; // pixels: wide, high, and what is kept clear about a pin

const address = (terc) => `/map/${terc}.json`;
const asked = new Map(); // TERC -> promise of its streets

/** @returns {Promise<object | null>} GeoJSON; null when the municipality has none; asked for once, anew after a failure */
function streetsOf(terc) {
  if (!asked.has(terc)) asked.set(terc, ask(terc));
  return asked.get(terc);
}

async function ask(terc) {
  try {
    const answer = await fetch(address(terc), { credentials: 'omit', signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`${address(terc)}: ${answer.status}`);
    return await answer.json();
  } catch (error) {
    asked.delete(terc);
    throw error;
  }
}

// On the first visit the service worker begins after the map was drawn: asked for again, it keeps the streets for offline.
navigator.serviceWorker?.addEventListener('controllerchange', () => {
  for (const terc of asked.keys()) fetch(address(terc), { credentials: 'omit' }).catch(() => {});
});

const format = new GeoJSON({ dataProjection: 'EPSG:4326', featureProjection: 'EPSG:3857' });

const dot = (radius) => new Style({ image: new Circle({ radius, fill: new Fill({ color: '#7d8a97' }), declutterMode: 'none' }) });
const [near, far] = [dot(2.2), dot(1.4)];

const named = (name, font, colour) =>
  new Text({
    text: name,
    font: `${font} system-ui, sans-serif`,
    fill: new Fill({ color: colour }),
    stroke: new Stroke({ color: 'rgba(255, 255, 255, 0.9)', width: 3.5 }),
  });

const place = (name) => new Style({ text: named(name, '600 14px', '#12324f'), zIndex: 2 });

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
function names(feature, resolution, pins) {
  const name = feature.get('name');
  const [wide, high] = [(name.length * LETTER) / 2 + PIN, LINE / 2 + PIN].map((pixels) => pixels * resolution);
  const free = ([x, y]) => pins.every(([pinX, pinY]) => Math.abs(x - pinX) > wide || Math.abs(y - pinY) > high);
  const points = feature.getGeometry().getCoordinates().filter(free);
  const geometry = new MultiPoint(spread(points, APART * resolution));
  return points.length ? [new Style({ geometry, text: named(name, '13px', '#33414d'), zIndex: 1 })] : [];
}

const isStreet = (feature) => feature.getGeometry().getType() === 'MultiPoint';

/** Houses of a village without streets have its name, which stands there already. */
const styleAmong = (pins) => (feature, resolution) => {
  if (!isStreet(feature)) return place(feature.get('name'));
  if (resolution > HOUSES_FROM) return undefined;
  const houses = resolution > CLOSE ? far : near;
  if (resolution > NAMES_FROM || feature.get('kind') === 'addresses') return houses;
  return [houses, ...names(feature, resolution, pins)];
};

export class Streets {
  #source = new VectorSource();
  #shown = new Map(); // TERC -> promise
  layer = new VectorLayer({ source: this.#source, style: styleAmong([]), declutter: true });

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

  /** @returns {{name: string, metres: number} | null} the street, or village, of the house nearest to the point, and about how far */
  nearest({ lat, lng }) {
    const at = fromLonLat([lng, lat]);
    const found = this.#source.getClosestFeatureToCoordinate(at, isStreet);
    if (!found) return null;
    const metres = getDistance([lng, lat], toLonLat(found.getGeometry()?.getClosestPoint(at) ?? at));
    return metres > NEAR ? null : { name: found.get('name'), metres: Math.max(1, Math.round(metres / ABOUT)) * ABOUT };
  }

  /** @param {number[][]} pins where no street's name may stand, in the map's coordinates */
  keepClear(pins) {
    this.layer.setStyle(styleAmong(pins));
  }
}
