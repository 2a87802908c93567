// Reads what was pasted or uploaded. Only the form is checked here; whether the shape can be used, the API says.

/** What is wrong, as a words' key; `field` names the input to blame when there are several. */
export class AreaError extends Error {
  /** @param {string} key @param {string} [field] */
  constructor(key, field) {
    super(key);
    this.field = field;
  }
}

/** @returns {never} */
const fail = (key) => {
  throw new AreaError(key);
};

const array = (value) => (Array.isArray(value) ? value : fail('area.error.notGeojson'));

function position(value) {
  const [longitude, latitude] = array(value);
  if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) fail('area.error.numbers');
  if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) fail('area.error.degrees');
  return [longitude, latitude];
}

function ring(value) {
  const positions = array(value).map(position);
  if (positions.length < 4) fail('area.error.ring');
  const [first, last] = [positions[0], positions[positions.length - 1]];
  return first[0] === last[0] && first[1] === last[1] ? positions : [...positions, first];
}

const polygon = (coordinates) => (array(coordinates).length ? coordinates.map(ring) : fail('area.error.empty'));

const READERS = {
  Polygon: (value) => [polygon(value.coordinates)],
  MultiPolygon: (value) => array(value.coordinates).map(polygon),
  GeometryCollection: (value) => array(value.geometries).flatMap(parts),
  Feature: (value) => (value.geometry ? parts(value.geometry) : fail('area.error.empty')),
  FeatureCollection: (value) => array(value.features).flatMap(parts),
};

function parts(value) {
  const type = value?.type;
  if (['Point', 'MultiPoint', 'LineString', 'MultiLineString'].includes(type)) fail('area.error.notPolygon');
  return Object.hasOwn(READERS, type) ? READERS[type](value) : fail('area.error.notGeojson');
}

/**
 * @param {object} value any GeoJSON of polygons
 * @returns {import('./model.js').Part[]} altitudes left out, rings closed
 * @throws {AreaError}
 */
export function partsOf(value) {
  const found = parts(value);
  return found.length ? found : fail('area.error.empty');
}

/** @param {string} text; @throws {AreaError} */
export function parseGeojson(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    fail('area.error.notJson');
  }
  return partsOf(value);
}
