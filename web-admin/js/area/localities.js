// The names of a municipality's localities (docs/data.md, layers/base), and which of them a point belongs to.

import { getDistance } from '../../vendor/ol.js';

const FAR = 6000; // metres: a locality farther off says nothing of a point

/**
 * @param {{features: any[]} | null | undefined} baseMap
 * @returns {(point: {lat: number, lng: number}) => string | null} the name of the locality nearest to it
 */
export function localitiesOf(baseMap) {
  const known = (baseMap?.features ?? []).filter(({ geometry, properties }) => geometry?.type === 'Point' && properties?.name);
  return ({ lat, lng }) => {
    const away = known.map(({ geometry }) => getDistance([lng, lat], geometry.coordinates));
    const least = Math.min(...away);
    return least <= FAR ? known[away.indexOf(least)].properties.name : null;
  };
}
