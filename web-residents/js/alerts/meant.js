// Which of my places an alert means, and which it does not mean any more.

import { polygonsOf } from '../places/shapes.js';
import { concernsAny } from './concerns.js';

/** @returns {import('./whereabouts.js').Located[]} the places that an alert's area means */
export function meant(alert, places) {
  const polygons = polygonsOf(alert.area);
  return (places ?? []).filter(({ point, points = [point] }) => concernsAny(polygons, points));
}

const REASONS = ['eased', 'wrong']; // a word of a later release says nothing

/**
 * My places that an earlier message meant and this one does not, where the office said why: with the message that left them out
 * first. An all-clear is for all of them.
 * @param {import('./reading.js').Alert} alert
 * @param {import('./reading.js').Alert[]} thread the newest first
 * @param {import('./whereabouts.js').Located[]} places
 * @returns {{place: import('./whereabouts.js').Located, why: string}[]} `why`: "eased", the danger there is over; "wrong", the area was
 */
export function leftOut(alert, thread, places) {
  if (!alert.area || alert.kind === 'all_clear') return [];
  const inside = meant(alert, places);
  const course = thread.filter(({ pushed, version }) => !pushed && version <= alert.version);
  const out = places.filter((place) => !inside.includes(place));
  return out.map((place) => ({ place, why: whyOut(course, place) })).filter(({ why }) => REASONS.includes(why));
}

function whyOut(course, place) {
  const last = course.findIndex((one) => meant(one, [place]).length > 0);
  return last > 0 ? (course[last - 1].narrowed ?? '') : '';
}
