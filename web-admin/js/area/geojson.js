// Reads what was pasted or uploaded, element by element: what is no area is left out and named, and the rest is taken.
// Only the form is checked here; whether a shape can be used, the API says.

import { AreaError } from './area_error.js';
import { checkSystem, systemOf } from './systems.js';

/** @returns {never} */
const fail = (key, parameters = {}) => {
  throw new AreaError(key, undefined, parameters);
};

const SAME = 1e-7; // degrees: an end that differs by rounding is no other end
const LONGEST_NAME = 60;
const NAMES = /^(name|nazwa|nazwa_.*|jpt_nazwa_|title|tytul|label)$/i;

const array = (value) => (Array.isArray(value) ? value : fail('area.error.notGeojson'));

function position(value) {
  const [longitude, latitude] = array(value);
  if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) fail('area.error.numbers');
  if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) {
    const system = systemOf(longitude, latitude);
    fail(system ? 'area.error.system' : 'area.error.degrees', { system });
  }
  return [longitude, latitude];
}

const isNear = (one, other) => [0, 1].every((axis) => Math.abs(one[axis] - other[axis]) <= SAME);

/** Closed: an end that is the beginning but for rounding becomes it. */
function ring(value) {
  const positions = array(value).map(position);
  if (new Set(positions.map(String)).size < 3) fail('area.error.ring');
  const [first, last] = [positions[0], positions[positions.length - 1]];
  const open = positions.length > 3 && isNear(first, last) ? positions.slice(0, -1) : positions;
  return [...open, first];
}

const polygon = (coordinates) => (array(coordinates).length ? coordinates.map(ring) : fail('area.error.empty'));

const READERS = {
  Polygon: (value) => [polygon(value.coordinates)],
  MultiPolygon: (value) => array(value.coordinates).map(polygon),
  GeometryCollection: (value) => array(value.geometries).flatMap(polygons),
  Feature: (value) => (value.geometry ? polygons(value.geometry) : fail('area.error.noGeometry')),
  FeatureCollection: (value) => array(value.features).flatMap(polygons),
};

/** @returns {number[][][][]} of any GeoJSON */
function polygons(value) {
  const type = value?.type;
  if (['Point', 'MultiPoint', 'LineString', 'MultiLineString'].includes(type)) fail('area.error.notPolygon');
  if (!Object.hasOwn(READERS, type)) fail('area.error.notGeojson');
  checkSystem(value);
  return READERS[type](value);
}

const partsNamed = (found, name) => found.map((rings) => (name ? { rings, name } : { rings }));

/**
 * An area of the API's.
 * @param {object} value
 * @returns {import('./model.js').Part[]} altitudes left out, rings closed
 * @throws {AreaError}
 */
export function partsOf(value) {
  const found = polygons(value);
  return found.length ? partsNamed(found) : fail('area.error.empty');
}

/** As partsOf; none when the API gives what this page cannot read. @returns {import('./model.js').Part[]} */
export function partsOrNone(value) {
  try {
    return partsOf(value);
  } catch (error) {
    if (error instanceof AreaError) return [];
    throw error;
  }
}

/** What an element is called in its file. */
function nameOf(element) {
  const named = Object.entries(element?.properties ?? {}).filter(([, value]) => typeof value === 'string' && value.trim());
  const [, name = ''] = named.find(([key]) => NAMES.test(key)) ?? named[0] ?? [];
  return name.trim().slice(0, LONGEST_NAME);
}

const SEVERAL = { FeatureCollection: 'features', GeometryCollection: 'geometries' };

const elementsOf = (value) => (SEVERAL[value?.type] ? array(value[SEVERAL[value.type]]) : [value]);

/**
 * @typedef {{number: number, name: string, key: string, parameters: object}} LeftOut the element's number from 1, and why
 * @typedef {{parts: import('./model.js').Part[], left: LeftOut[]}} Taken
 * @returns {Taken}
 */
function takenFrom(elements) {
  /** @type {Taken} */
  const taken = { parts: [], left: [] };
  elements.forEach((element, index) => {
    const name = nameOf(element);
    try {
      taken.parts.push(...partsNamed(polygons(element), name));
    } catch (error) {
      if (!(error instanceof AreaError)) throw error;
      taken.left.push({ number: index + 1, name, key: error.message, parameters: error.parameters });
    }
  });
  return taken;
}

/**
 * @param {string} text
 * @returns {Taken} at least one part
 * @throws {AreaError} when nothing can be taken: why the first element cannot
 */
export function readGeojson(text) {
  const value = parsed(text);
  if (!Object.hasOwn(READERS, value?.type ?? '')) polygons(value);
  checkSystem(value);
  const taken = takenFrom(elementsOf(value));
  const [first] = taken.left;
  if (!taken.parts.length) fail(first?.key ?? 'area.error.empty', first?.parameters);
  return taken;
}

function parsed(text) {
  const written = text.replace(/^\uFEFF/, '').trim();
  if (!written) fail('area.error.nothing');
  try {
    return JSON.parse(written);
  } catch {
    return fail('area.error.notJson');
  }
}
