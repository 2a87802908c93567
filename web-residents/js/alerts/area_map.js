// The area of an alert on a map, with my places. OpenLayers comes only with this module.

import {
  Circle, defaultControls, defaultInteractions, DragPan, Feature, Fill, focusWithTabindex, fromLonLat, GeoJSON, Map, MouseWheelZoom,
  Point, ScaleLine, Stroke, Style, Text, VectorLayer, VectorSource, View,
} from '../../vendor/ol.js';
import { mapInk, onInkChange } from '../places/map_ink.js';
import { Streets } from '../places/streets.js';
import { byMouseOrChosen, Touch } from '../places/touch.js';

const ROOM = { padding: [32, 32, 32, 32], maxZoom: 17 };

const border = (ink) =>
  new Style({
    stroke: new Stroke({ color: ink.border, width: 2, lineDash: [10, 5] }),
    fill: new Fill({ color: ink.paper }),
  });
const areaStyle = (ink) =>
  new Style({
    stroke: new Stroke({ color: ink.area, width: 3 }),
    fill: new Fill({ color: ink['area-fill'] }),
  });

const placeStyle = (ink) => (place) =>
  new Style({
    image: new Circle({
      radius: 8,
      fill: new Fill({ color: ink.mine }),
      stroke: new Stroke({ color: ink.edge, width: 3 }),
      declutterMode: 'obstacle',
    }),
    text: new Text({
      text: place.get('name'),
      offsetY: -18,
      font: '600 14px system-ui, sans-serif',
      fill: new Fill({ color: ink.name }),
      stroke: new Stroke({ color: ink.halo, width: 4 }),
      declutterMode: 'obstacle',
    }),
  });

const format = new GeoJSON({ dataProjection: 'EPSG:4326', featureProjection: 'EPSG:3857' });
const shape = (geometry) => format.readFeature({ type: 'Feature', geometry });
const pin = ({ name, point }) => new Feature({ geometry: new Point(fromLonLat(point)), name });

/** Wheel and finger move the map only after it was chosen. */
const interactions = () =>
  defaultInteractions({ altShiftDragRotate: false, pinchRotate: false, mouseWheelZoom: false, dragPan: false }).extend([
    new DragPan({ condition: byMouseOrChosen }),
    new MouseWheelZoom({ condition: focusWithTabindex }),
  ]);

const controls = () => defaultControls({ rotate: false, attribution: false }).extend([new ScaleLine({ minWidth: 60 })]);

/** OpenLayers calls its buttons "+" and "–". */
function nameButtons(element, words) {
  for (const [name, key] of [['in', 'alert.map.zoomIn'], ['out', 'alert.map.zoomOut']]) {
    const button = element.querySelector(`.ol-zoom-${name}`);
    button.setAttribute('aria-label', words(key));
    button.title = words(key);
  }
}

/**
 * @param {HTMLElement} element gets the map
 * @param {(key: string) => string} words
 * @returns {{show: (what: {area: object, boundary: object | null, places: {name: string, point: [number, number]}[],
 *   terc: string}) => void,
 *   close: () => void}} geometries as GeoJSON, points as longitude and latitude
 */
export function createMap(element, words) {
  const empty = (options = {}) => new VectorLayer({ source: new VectorSource(), ...options });
  const [borders, areas] = [empty(), empty()];
  const pins = empty({ declutter: true }); // streets' names keep away from them
  const streets = new Streets(mapInk());
  const draw = (ink) => {
    borders.setStyle(border(ink));
    areas.setStyle(areaStyle(ink));
    pins.setStyle(placeStyle(ink));
    streets.draw({ ink });
  };
  draw(mapInk());
  const stop = onInkChange(draw);
  const view = new View({ center: [0, 0], zoom: 2, maxZoom: 19, enableRotation: false });
  const layers = [borders, streets.layer, areas, pins];
  const map = new Map({ target: element, view, controls: controls(), interactions: interactions(), layers });
  nameButtons(element, words);
  const touch = new Touch(element, words('places.map.touch'));
  map.on('singleclick', () => touch.takes(words('alert.map.chosen')));
  const fit = () => areas.getSource()?.isEmpty() || view.fit(areas.getSource()?.getExtent() ?? [], ROOM);
  map.once('change:size', fit); // the size is known only once the element stands in the page
  const fill = (layer, features) => {
    layer.getSource().clear(true);
    layer.getSource().addFeatures(features);
  };
  return {
    show({ area, boundary, places, terc }) {
      fill(borders, boundary ? [shape(boundary)] : []);
      fill(areas, [shape(area)]);
      fill(pins, places.map(pin));
      fit();
      streets.draw({ pins: places.map(({ point }) => fromLonLat(point)) });
      streets.show(terc);
    },
    close() {
      stop();
      map.setTarget(undefined);
    },
  };
}
