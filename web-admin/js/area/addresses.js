// How many of a municipality's addresses (docs/data.md, layers/base) lie in an area.

import { Polygon } from '../../vendor/ol.js';

/** @param {number[]} extent @param {number[]} position */
const within = (extent, [x, y]) => x >= extent[0] && x <= extent[2] && y >= extent[1] && y <= extent[3];

/** The parts as something that can be asked about a position, cheaply where it is far away. */
const hosts = (parts) =>
  parts.map(({ rings }) => {
    const polygon = new Polygon(rings);
    const extent = polygon.getExtent();
    return (position) => within(extent, position) && polygon.intersectsCoordinate(position);
  });

/**
 * @param {import('./model.js').Part[]} parts
 * @param {{features: any[]} | null | undefined} baseMap
 * @returns {{inside: number, all: number} | null} null where no address is known
 */
export function addressesIn(parts, baseMap) {
  const streets = (baseMap?.features ?? []).filter(({ geometry }) => geometry?.type === 'MultiPoint');
  const all = streets.flatMap(({ geometry }) => geometry.coordinates);
  if (!all.length) return null;
  const inside = hosts(parts);
  return { inside: all.filter((position) => inside.some((holds) => holds(position))).length, all: all.length };
}
