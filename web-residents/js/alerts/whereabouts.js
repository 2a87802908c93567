// Where my places lie: the centres of their cells and the municipalities that may send something there.
//
// Both are kept on the phone, so that the list is there at once and without a network; municipalities are asked for
// anew at each start.

import { centreOf } from '../places/cells.js';
import { municipalities } from '../places/municipality.js';
import { distance, polygonsOf } from '../places/shapes.js';
import { watchPlaces } from '../places/store.js';
import { findWhole, pointsOf } from '../places/whole.js';

const AGAIN = 10_000; // ms until municipalities that did not come are asked for again
const NEAR_M = 50; // published boundaries are simplified by up to 20 m: at a border both municipalities are read

/**
 * @typedef {{slot: string, label: string, point: [number, number], points?: [number, number][], tercs: string[]}} Located longitude,
 *   latitude; `points`: of a whole village or municipality all its addresses, of which `point` is one in the middle
 */

/**
 * @param {{session: object, local: Function}} app
 * @param {(located: Located[], fromPhone: boolean) => void} changed called as soon as all is known, and whenever it turns
 *   out otherwise; `fromPhone`: these are the places that the phone knows, the server has not confirmed them
 * @param {(error: Error) => void} failed
 * @param {typeof watchPlaces} [watch] where the places come from
 * @returns {() => void} ends it
 */
export function watchLocated({ session, local }, changed, failed, watch = watchPlaces) {
  let latest = null;
  const seen = (places, fromPhone) => {
    latest = places;
    locate(local, places, (found) => latest === places && changed(found, fromPhone)).catch((error) => {
      failed(error);
      setTimeout(() => latest === places && seen(places, fromPhone), AGAIN);
    });
  };
  const stop = watch(session, seen, failed);
  return () => {
    latest = null;
    stop();
  };
}

const keyOf = ({ cell, whole }) => cell ?? `${whole.level}:${whole.code}`;

async function locate(local, places, changed) {
  const kept = (await local('whereabouts').get()) ?? {};
  const counted = places.filter(({ cell, whole, until }) => (cell || whole) && !(until && until <= new Date()));
  const known = counted.every((place) => kept[keyOf(place)]);
  if (known) changed(counted.map((place) => located(place, kept)));
  const served = await municipalities().catch((error) => {
    if (!known) throw error;
    return null;
  });
  const entries = await Promise.all(counted.map((place) => entry(place, kept[keyOf(place)], served)));
  const found = Object.fromEntries(entries.filter(Boolean));
  if (JSON.stringify(found) === JSON.stringify(kept)) return;
  await local('whereabouts').set(found);
  changed(counted.filter((place) => found[keyOf(place)]).map((place) => located(place, found)));
}

const located = (place, known) => ({ slot: place.slot, label: place.label, ...known[keyOf(place)] });

async function entry(place, kept, served) {
  if (place.whole) return wholeEntry(place, kept, served);
  const point = kept?.point ?? (await centre(place.cell));
  return [place.cell, { point, tercs: served ? tercsAt(served, point) : kept.tercs }];
}

/** @returns {Promise<[string, object] | null>} null where no municipality that is served has it */
async function wholeEntry(place, kept, served) {
  const found = served && (await findWhole(place.whole, served).catch(() => null));
  const points = found ? await pointsOf(found) : [];
  if (!found || !points.length) return kept ? [keyOf(place), kept] : null;
  const [lng, lat] = points[Math.floor(points.length / 2)];
  return [keyOf(place), { point: [lng, lat], points, tercs: [found.municipality.terc] }];
}

async function centre(cell) {
  const { lat, lng } = await centreOf(cell);
  return [lng, lat];
}

const tercsAt = (served, point) =>
  served.filter(({ boundary }) => distance(polygonsOf(boundary), point) <= NEAR_M).map(({ terc }) => terc);
