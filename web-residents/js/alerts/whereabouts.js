// Where my places lie: the centres of their cells and the municipalities that may send something there.
//
// Both are kept on the phone, so that the list is there at once and without a network; municipalities are asked for
// anew at each start.

import { centreOf } from '../places/cells.js';
import { municipalities } from '../places/municipality.js';
import { distance, polygonsOf } from '../places/shapes.js';
import { watchPlaces } from '../places/store.js';

const AGAIN = 10_000; // ms until municipalities that did not come are asked for again
const NEAR_M = 50; // published boundaries are simplified by up to 20 m: at a border both municipalities are read

/** @typedef {{slot: string, label: string, point: [number, number], tercs: string[]}} Located longitude, latitude */

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

async function locate(local, places, changed) {
  const kept = (await local('whereabouts').get()) ?? {};
  const counted = places.filter(({ cell, until }) => cell && !(until && until <= new Date()));
  const known = counted.every(({ cell }) => kept[cell]);
  if (known) changed(counted.map((place) => located(place, kept)));
  const served = await municipalities().catch((error) => {
    if (!known) throw error;
    return null;
  });
  const found = Object.fromEntries(await Promise.all(counted.map(({ cell }) => entry(cell, kept[cell], served))));
  if (JSON.stringify(found) === JSON.stringify(kept)) return;
  await local('whereabouts').set(found);
  changed(counted.map((place) => located(place, found)));
}

const located = ({ slot, label, cell }, known) => ({ slot, label, ...known[cell] });

async function entry(cell, kept, served) {
  const point = kept?.point ?? (await centre(cell));
  return [cell, { point, tercs: served ? tercsAt(served, point) : kept.tercs }];
}

async function centre(cell) {
  const { lat, lng } = await centreOf(cell);
  return [lng, lat];
}

const tercsAt = (served, point) =>
  served.filter(({ boundary }) => distance(polygonsOf(boundary), point) <= NEAR_M).map(({ terc }) => terc);
