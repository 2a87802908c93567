// What the small picture of an address shows: the houses about it, its street's apart, names of streets.

import { distanceFrom, housesIn } from '../address/nearest.js';

export const [WIDE, HIGH] = [288, 116]; // of the picture, in its own units
const AROUND = 160; // metres from the middle to the sides
const LETTER = 6; // units: wide, of a name
const [CLEAR, LINE] = [18, 15]; // units kept free about the pin, and between two names
const MOST_NAMES = 3;

/**
 * @param {import('../address/library.js').Gazetteer} gazetteer @param {{lat: number, lng: number}} point @param {string} [street] "SYM:SYM_UL", of the address
 * @returns {{houses: {x: number, y: number, own: boolean}[], names: {x: number, y: number, text: string}[]}} in units of the picture
 */
export function sketched(gazetteer, point, street) {
  const scale = WIDE / 2 / AROUND;
  const [east, north] = [distanceFrom(point)({ lat: point.lat, lon: point.lng + 1 }), distanceFrom(point)({ lat: point.lat + 1, lon: point.lng })];
  const houses = [];
  for (const found of housesIn(gazetteer)) {
    const x = WIDE / 2 + (found.house.lon - point.lng) * east * scale;
    const y = HIGH / 2 - (found.house.lat - point.lat) * north * scale;
    if (x < 0 || x > WIDE || y < 0 || y > HIGH) continue;
    const code = found.street && `${found.locality.sym}:${found.street.code}`;
    houses.push({ x, y, own: Boolean(street) && code === street, name: found.street?.name ?? '' });
  }
  return { houses, names: names(houses) };
}

/** Of each street once, where it is farthest from what stands there; the address's own first. */
function names(houses) {
  const own = [...houses].sort((one, other) => Number(other.own) - Number(one.own));
  const placed = [{ x: WIDE / 2, y: HIGH / 2, half: CLEAR, high: CLEAR, text: '' }];
  for (const { x, y, name } of own) {
    const half = (name.length * LETTER) / 2;
    const inside = x - half > 2 && x + half < WIDE - 2 && y > LINE && y < HIGH - 4;
    const free = placed.every((one) => one.text !== name && (Math.abs(one.x - x) > one.half + half || Math.abs(one.y - y) > one.high));
    if (name && inside && free) placed.push({ x, y, half, high: LINE, text: name });
    if (placed.length > MOST_NAMES) break;
  }
  return placed.slice(1).map(({ x, y, text }) => ({ x, y, text }));
}
