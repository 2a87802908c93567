// What the maps of places have in common: the border of a municipality, the controls, their look.

import { defaultControls, Fill, GeoJSON, ScaleLine, Stroke, Style, VectorLayer, VectorSource } from '../../vendor/ol.js';

const STYLES = '/vendor/ol.css';

export const format = new GeoJSON({ dataProjection: 'EPSG:4326', featureProjection: 'EPSG:3857' });

export const filled = (line, fill, more) => new Style({ stroke: new Stroke({ color: line, ...more }), fill: new Fill({ color: fill }) });
export const border = (ink) => filled(ink.border, ink.paper, { width: 2.5, lineDash: [10, 5] });

export const layer = (features = [], options = {}) => new VectorLayer({ source: new VectorSource({ features }), ...options });

/** Of municipalities' boundaries, GeoJSON geometries. */
export const outlines = (boundaries) => boundaries.flatMap((geometry) => format.readFeatures({ type: 'Feature', geometry }));

export const controls = (words) =>
  defaultControls({
    rotate: false,
    attribution: false,
    zoomOptions: { zoomInTipLabel: words('places.map.zoomIn'), zoomOutTipLabel: words('places.map.zoomOut') },
  }).extend([new ScaleLine({ minWidth: 60 })]);

/** The look of the map's controls is loaded with the first map. */
export function addStyles() {
  if (document.querySelector(`link[href="${STYLES}"]`)) return;
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: STYLES }));
}

/** OpenLayers calls its buttons "+" and "–". @param {HTMLElement} element of the map */
export function nameButtons(element) {
  for (const button of element.querySelectorAll('.ol-zoom button')) button.setAttribute('aria-label', /** @type {HTMLElement} */ (button).title);
}
