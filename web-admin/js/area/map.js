// The map: the municipality beneath, the area above, and nothing that needs another server.

import {
  all,
  defaultControls,
  defaultInteractions,
  DragPan,
  focusWithTabindex,
  GeoJSON,
  Kinetic,
  Map,
  MouseWheelZoom,
  noModifierKeys,
  primaryAction,
  ScaleLine,
  VectorLayer,
  VectorSource,
  View,
} from '../../vendor/ol.js';
import { t } from '../i18n/index.js';
import { areaStyle, baseStyle, boundaryStyle, handleStyle, markStyle, outlineStyle } from './styles.js';

const format = new GeoJSON({ dataProjection: 'EPSG:4326', featureProjection: 'EPSG:3857' });
const ROOM = { padding: [36, 36, 36, 36], maxZoom: 18 };

const layer = (source, style, options = {}) => new VectorLayer({ source, style, ...options });

const boundarySource = (boundary) => new VectorSource({ features: format.readFeatures({ type: 'Feature', geometry: boundary }) });

const baseSource = (baseMap) => new VectorSource({ features: baseMap ? format.readFeatures(baseMap) : [] });

const byMouseOrChosen = (event) => event.originalEvent.pointerType !== 'touch' || focusWithTabindex(event);

const glide = () => new Kinetic(-0.005, 0.05, 100); // as OpenLayers does by default

/** Wheel and finger move the map only after it was chosen; else it would catch everyone who scrolls past. */
const interactions = () =>
  defaultInteractions({ altShiftDragRotate: false, pinchRotate: false, mouseWheelZoom: false, dragPan: false }).extend([
    new DragPan({ condition: all(noModifierKeys, primaryAction, byMouseOrChosen), kinetic: glide() }),
    new MouseWheelZoom({ condition: focusWithTabindex }),
  ]);

/**
 * Part -> map feature and back; the map works in metres of Web Mercator, the area in degrees. The id is the part's place in
 * the list: a source gives its features in no order.
 */
export const featureOf = ({ rings, ...properties }, id = 0) =>
  format.readFeatures({ type: 'Feature', id, properties, geometry: { type: 'Polygon', coordinates: rings } })[0];

/** @returns {import('./model.js').Part} */
export function partOf(feature) {
  const rings = format.writeGeometryObject(feature.getGeometry(), { decimals: 7 }).coordinates;
  const { name, excluded } = feature.getProperties();
  return { rings, ...(name && { name }), ...(excluded && { excluded }) };
}

const pointAt = (coordinates) => format.readFeatures({ type: 'Feature', geometry: { type: 'Point', coordinates } })[0];

/** Signs alone name no button. */
function nameZoom(element) {
  element.querySelector('.ol-zoom-in')?.setAttribute('aria-label', t('map.zoomIn'));
  element.querySelector('.ol-zoom-out')?.setAttribute('aria-label', t('map.zoomOut'));
}

/**
 * @param {HTMLElement} element gets the map; it can be moved by arrow keys and + and - when focused
 * @param {{boundary: object, base_map: object | null}} municipality
 */
export function createMap(element, municipality) {
  const area = new VectorSource();
  const outline = new VectorSource();
  const marks = new VectorSource();
  const corners = layer(area, handleStyle, { visible: false });
  const boundary = boundarySource(municipality.boundary);
  const map = new Map({
    target: element,
    view: new View({ center: [0, 0], zoom: 2, maxZoom: 20, enableRotation: false }),
    controls: defaultControls({
      rotate: false,
      attribution: false,
      zoomOptions: { zoomInTipLabel: t('map.zoomIn'), zoomOutTipLabel: t('map.zoomOut') },
    }).extend([new ScaleLine({ minWidth: 60 })]),
    interactions: interactions(),
    layers: [
      layer(boundary, boundaryStyle),
      layer(baseSource(municipality.base_map), baseStyle, { declutter: true }),
      layer(outline, outlineStyle),
      layer(area, areaStyle),
      corners,
      layer(marks, markStyle),
    ],
  });
  nameZoom(element);
  const seen = () => [outline, area].find((source) => !source.isEmpty()) ?? boundary;
  const isSeen = () => Boolean(map.getSize()?.every((pixels) => pixels > 0));
  let waiting = true;
  /** As soon as the map has a size: it may stand in a step that is not open. */
  const fit = () => {
    waiting = !isSeen();
    if (!waiting) map.getView().fit(seen().getExtent() ?? [], ROOM);
  };
  queueMicrotask(fit); // what the caller shows now is to be seen, too
  map.on('change:size', () => waiting && fit());
  return {
    map,
    area,
    fit,
    /** @param {any[]} parts those that are drawn; what is meant by name has an outline */
    show(parts) {
      area.clear(true);
      area.addFeatures(parts.flatMap((part, index) => (part.rings ? [featureOf(part, index)] : [])));
    },
    /** @param {object | null} geometry what all parts make together, as the API has it */
    outline(geometry) {
      outline.clear(true);
      if (geometry) outline.addFeatures(format.readFeatures({ type: 'Feature', geometry }));
    },
    /** @param {boolean} shown whether the corners have handles to take them by */
    handles: (shown) => corners.setVisible(shown),
    /** @param {number[] | null} place [longitude, latitude], shown in the middle */
    mark(place) {
      marks.clear(true);
      if (!place) return;
      const point = pointAt(place);
      marks.addFeature(point);
      map.getView().setCenter(/** @type {any} */ (point.getGeometry()).getCoordinates());
    },
    close: () => map.setTarget(undefined),
  };
}
