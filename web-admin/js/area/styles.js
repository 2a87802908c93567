// How the map is painted: the municipality, its streets and villages, the area.

import { Circle, Fill, Stroke, Style, Text } from '../../vendor/ol.js';

const LABEL_FONT = '13px system-ui, sans-serif';
const STREETS_FROM = 3; // metres per pixel: nearer than that, streets have names
const POINTS_FROM = 25;

const AREA_COLOUR = '#b3261e';

const outline = new Style({
  stroke: new Stroke({ color: '#12324f', width: 2.5, lineDash: [10, 5] }),
  fill: new Fill({ color: 'rgba(255, 255, 255, 0.75)' }),
});

const houses = new Style({
  image: new Circle({ radius: 1.8, fill: new Fill({ color: '#7d8a97' }) }),
});

const named = (name, { font = LABEL_FONT, colour = '#33414d' } = {}) =>
  new Text({
    text: name,
    font,
    overflow: true,
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
  return resolution > STREETS_FROM ? houses : [houses, streetLabel(feature, name)];
}

/** The name stands at the address nearest to the middle of the street. */
function streetLabel(feature, name) {
  return new Style({
    geometry: (street) => {
      const points = /** @type {any} */ (street.getGeometry()).getPoints();
      return points[Math.floor(points.length / 2)];
    },
    text: named(name),
  });
}

const drawn = new Style({
  fill: new Fill({ color: 'rgba(179, 38, 30, 0.2)' }),
  stroke: new Stroke({ color: AREA_COLOUR, width: 3 }),
});

/** Above all other parts, since it is taken out of them. */
const excluded = new Style({
  fill: new Fill({ color: 'rgba(255, 255, 255, 0.85)' }),
  stroke: new Stroke({ color: AREA_COLOUR, width: 2, lineDash: [3, 6] }),
  zIndex: 1,
});

export const areaStyle = (feature) => (feature.get('excluded') ? excluded : drawn);

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
