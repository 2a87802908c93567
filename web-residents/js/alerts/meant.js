// Which of my places an alert means, and which it does not mean any more.

import { polygonsOf } from '../places/shapes.js';
import { concernsAny } from './concerns.js';

/** @returns {import('./whereabouts.js').Located[]} the places that an alert's area means */
export function meant(alert, places) {
  const polygons = polygonsOf(alert.area);
  return (places ?? []).filter(({ point, points = [point] }) => concernsAny(polygons, points));
}

/**
 * My places that an earlier message meant and this one no longer does, since its office said that its area became smaller.
 * @param {import('./reading.js').Alert} alert
 * @param {import('./reading.js').Alert[]} thread
 * @param {import('./whereabouts.js').Located[]} places
 */
export function leftOut(alert, thread, places) {
  if (!['eased', 'wrong'].includes(alert.narrowed ?? '') || !alert.area) return [];
  const inside = meant(alert, places);
  const before = thread.filter(({ version }) => version < alert.version);
  return places.filter((place) => !inside.includes(place) && before.some((one) => meant(one, [place]).length));
}
