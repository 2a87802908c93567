// Drawing on the map, by pointer or by keyboard: every gesture ends as a change of the area.

import { Draw, fromLonLat, getDistance, Modify, never, Snap, toLonLat } from '../../vendor/ol.js';
import { partOf } from './map.js';
import { circle, withHole } from './shapes.js';
import { drawingStyle } from './styles.js';

export const MODES = ['move', 'polygon', 'circle', 'hole', 'modify', 'remove'];

/** A circle of the map's metres, which grow with the latitude, as one of metres on the ground. */
function circleOnGround(drawn) {
  const centre = toLonLat(drawn.getCenter());
  return circle(centre, getDistance(centre, toLonLat(drawn.getLastCoordinate())));
}

/**
 * @param {ReturnType<import('./map.js').createMap>} shown
 * @param {ReturnType<import('./model.js').createArea>} area
 * @param {{onMode: (mode: string) => void, onSketch: (corners: number) => void, onRefused: (key: string) => void}} listeners
 */
export function createDrawing(shown, area, { onMode, onSketch, onRefused }) {
  const { map, area: source } = shown;
  let mode = 'move';
  let draw = null;
  let tools = [];
  let sketched = 0;

  const sketch = (count) => {
    sketched = count;
    onSketch(count);
  };

  const take = {
    polygon: (feature) => area.add(partOf(feature)),
    circle: (feature) => area.add(circleOnGround(feature.getGeometry())),
    hole: (feature) => {
      const parts = withHole(area.parts, partOf(feature)[0]);
      if (parts) area.set(parts);
      else onRefused('area.error.hole');
    },
  };

  const use = (...interactions) => {
    tools = interactions;
    tools.forEach((tool) => map.addInteraction(tool));
  };

  const startDrawing = () => {
    draw = new Draw({
      type: mode === 'circle' ? 'Circle' : 'Polygon',
      style: drawingStyle,
      freehandCondition: never,
      stopClick: true,
    });
    draw.on('drawstart', ({ feature }) => feature.getGeometry().on('change', () => sketch(corners(feature))));
    draw.on('drawend', ({ feature }) => {
      const made = mode;
      // After the interaction has let go of its sketch.
      queueMicrotask(() => {
        setMode('move');
        take[made](feature);
      });
    });
    use(draw, new Snap({ source }));
  };

  const startModifying = () => {
    const modify = new Modify({ source, style: drawingStyle });
    modify.on('modifyend', () => area.set(source.getFeatures().map(partOf)));
    use(modify, new Snap({ source }));
  };

  const removeAt = ({ pixel }) => {
    if (mode !== 'remove') return;
    const hit = map.forEachFeatureAtPixel(pixel, (feature) => (source.hasFeature(feature) ? feature : undefined), {
      hitTolerance: 6,
    });
    if (hit) area.remove(source.getFeatures().indexOf(hit));
  };

  function setMode(next) {
    tools.forEach((tool) => map.removeInteraction(tool));
    tools = [];
    draw = null;
    mode = next;
    if (next === 'modify') startModifying();
    else if (next !== 'move' && next !== 'remove') startDrawing();
    sketch(0);
    onMode(next);
  }

  map.on('click', removeAt);

  return {
    setMode,
    /** Puts a corner where the cross in the middle of the map is. */
    addCorner: () => draw?.appendCoordinates([map.getView().getCenter()]),
    removeCorner: () => draw?.removeLastPoint(),
    finish() {
      if (draw && sketched < 3) onRefused('area.error.corners');
      else draw?.finishDrawing();
    },
    centre: () => toLonLat(map.getView().getCenter()),
    showAt: (lonLat, zoom = 16) => map.getView().animate({ center: fromLonLat(lonLat), zoom, duration: 0 }),
  };
}

/** Different corners placed so far, without the one that follows the pointer and the one that closes the ring. */
function corners(feature) {
  const geometry = feature.getGeometry();
  if (geometry.getType() !== 'Polygon') return 0;
  return new Set(geometry.getCoordinates()[0].slice(0, -2).map(String)).size;
}
