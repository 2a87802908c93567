// How the map is painted: the municipality, its streets and villages, the area.

import { boundingExtent, Circle, Fill, getCenter, MultiPoint, Stroke, Style, Text } from '../../vendor/ol.js';

const LABEL_FONT = '13px system-ui, sans-serif';
const STREETS_FROM = 10; // metres per pixel: nearer than that, streets have names where there is room
const APART = 150; // pixels at least between two names of one street
const POINTS_FROM = 25;

const AREA_COLOUR = '#b3261e';

const outline = new Style({
  stroke: new Stroke({ color: '#12324f', width: 2.5, lineDash: [10, 5] }),
  fill: new Fill({ color: 'rgba(255, 255, 255, 0.75)' }),
});

const houses = new Style({
  // Names give way to one another, but not to the houses of their own street.
  image: new Circle({ radius: 1.8, fill: new Fill({ color: '#7d8a97' }), declutterMode: 'none' }),
});

const named = (name, { font = LABEL_FONT, colour = '#33414d' } = {}) =>
  new Text({
    text: name,
    font,
    fill: new Fill({ color: colour }),
    stroke: new Stroke({ color: 'rgba(255, 255, 255, 0.9)', width: 3.5 }),
  });

export const boundaryStyle = outline;

/** Localities are points, streets are the points of their addresses (docs/data.md, layers/base). */
export function baseStyle(feature, resolution) {
  const name = feature.get('name') ?? '';
  if (feature.getGeometry().getType() === 'Point') {
    return new Style({ text: named(name, { font: `600 14px system-ui, sans-serif`, colour: '#12324f' }), zIndex: 2 });
  }
  if (resolution > POINTS_FROM) return undefined;
  return resolution > STREETS_FROM ? houses : [houses, streetNames(feature, name, resolution)];
}

/** Of a street's houses some, so far from one another that its name fits beside each; the first is in its middle. */
export function spread(points, least) {
  const [x, y] = getCenter(boundingExtent(points));
  const from = (point) => Math.hypot(point[0] - x, point[1] - y);
  const kept = [];
  for (const point of [...points].sort((one, other) => from(one) - from(other))) {
    if (kept.every((other) => Math.hypot(point[0] - other[0], point[1] - other[1]) >= least)) kept.push(point);
  }
  return kept;
}

/** A long street has its name more than once, so that one is in the picture wherever that is. */
function streetNames(feature, name, resolution) {
  const points = feature.getGeometry().getCoordinates();
  return new Style({ geometry: new MultiPoint(spread(points, APART * resolution)), text: named(name), zIndex: 1 });
}

const drawn = new Style({
  fill: new Fill({ color: 'rgba(179, 38, 30, 0.2)' }),
  stroke: new Stroke({ color: AREA_COLOUR, width: 3 }),
});

/** What is meant by name: seen, and not to be taken for a shape that can be adjusted. */
export const outlineStyle = new Style({
  fill: new Fill({ color: 'rgba(179, 38, 30, 0.16)' }),
  stroke: new Stroke({ color: AREA_COLOUR, width: 2 }),
});

/** Above all other parts, since it is taken out of them. */
const excluded = new Style({
  fill: new Fill({ color: 'rgba(255, 255, 255, 0.85)' }),
  stroke: new Stroke({ color: AREA_COLOUR, width: 2, lineDash: [3, 6] }),
  zIndex: 1,
});

export const areaStyle = (feature) => (feature.get('excluded') ? excluded : drawn);

/** The corners of a part that is being adjusted. */
export const handleStyle = (feature) =>
  new Style({
    geometry: new MultiPoint(feature.getGeometry().getCoordinates().flat()),
    image: new Circle({ radius: 6, fill: new Fill({ color: '#ffffff' }), stroke: new Stroke({ color: AREA_COLOUR, width: 2.5 }) }),
    zIndex: 2,
  });

/** Where the API found a fault. */
export const markStyle = new Style({
  image: new Circle({ radius: 11, stroke: new Stroke({ color: '#000000', width: 4 }), fill: new Fill({ color: 'rgba(255, 221, 0, 0.7)' }) }),
});

/** While drawing: the line so far and the corner under the pointer. */
export const drawingStyle = new Style({
  fill: new Fill({ color: 'rgba(179, 38, 30, 0.15)' }),
  stroke: new Stroke({ color: AREA_COLOUR, width: 3, lineDash: [6, 6] }),
  image: new Circle({
    radius: 7,
    fill: new Fill({ color: '#ffffff' }),
    stroke: new Stroke({ color: AREA_COLOUR, width: 3 }),
  }),
});
