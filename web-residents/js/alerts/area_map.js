// The area of an alert on a map, with my places. OpenLayers comes only with this module.

import {
  Circle, defaultControls, defaultInteractions, DragPan, Feature, Fill, focusWithTabindex, fromLonLat, GeoJSON, Map, MouseWheelZoom,
  Point, primaryAction, ScaleLine, Stroke, Style, Text, VectorLayer, VectorSource, View,
} from '../../vendor/ol.js';
import { Streets } from '../places/streets.js';

const ROOM = { padding: [32, 32, 32, 32], maxZoom: 17 };

const border = new Style({
  stroke: new Stroke({ color: '#12324f', width: 2, lineDash: [10, 5] }),
  fill: new Fill({ color: 'rgba(255, 255, 255, 0.75)' }),
});
const areaStyle = new Style({
  stroke: new Stroke({ color: '#b3261e', width: 3 }),
  fill: new Fill({ color: 'rgba(179, 38, 30, 0.25)' }),
});

const placeStyle = (place) =>
  new Style({
    image: new Circle({
      radius: 8,
      fill: new Fill({ color: '#155596' }),
      stroke: new Stroke({ color: '#ffffff', width: 3 }),
      declutterMode: 'obstacle',
    }),
    text: new Text({
      text: place.get('name'),
      offsetY: -18,
      font: '600 14px system-ui, sans-serif',
      fill: new Fill({ color: '#14202b' }),
      stroke: new Stroke({ color: '#ffffff', width: 4 }),
      declutterMode: 'obstacle',
    }),
  });

const format = new GeoJSON({ dataProjection: 'EPSG:4326', featureProjection: 'EPSG:3857' });
const shape = (geometry) => format.readFeature({ type: 'Feature', geometry });
const pin = ({ name, point }) => new Feature({ geometry: new Point(fromLonLat(point)), name });

/** A finger moves the map only after it was chosen; else it would catch everyone who scrolls past. */
const byMouseOrChosen = (event) => primaryAction(event) && (event.originalEvent.pointerType !== 'touch' || focusWithTabindex(event));

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
  const empty = (style, options = {}) => new VectorLayer({ source: new VectorSource(), style, ...options });
  const [borders, areas] = [empty(border), empty(areaStyle)];
  const pins = empty(placeStyle, { declutter: true }); // streets' names keep away from them
  const streets = new Streets();
  const view = new View({ center: [0, 0], zoom: 2, maxZoom: 19, enableRotation: false });
  const layers = [borders, streets.layer, areas, pins];
  const map = new Map({ target: element, view, controls: controls(), interactions: interactions(), layers });
  nameButtons(element, words);
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
      streets.keepClear(places.map(({ point }) => fromLonLat(point)));
      streets.show(terc);
    },
    close: () => map.setTarget(undefined),
  };
}
