// Hours that a text names, against the end of the alert: one that ends first contradicts itself.

import { fromWarsaw, toWarsaw } from '../time/warsaw.js';
import { instantOf } from './instants.js';

const DAY = 24 * 60 * 60 * 1000; // ms
// "do ok. 14:00", "do godz. 14", "until about 14:00", "до 14:00"
const UNTIL = /(?<![\p{L}\p{N}])(?:do|until|till|by|до)\s+(?:(?:ok|godz|about|около|близько|год|g)\.?\s+|godziny\s+|około\s+)*(\d{1,2})(?:[:.](\d{2})|\s*(?:godz|h\b))?(?![\p{L}\p{N}.,:/-]*\p{N})/giu;
const BARE = /\d{1,2}[:.]\d{2}|godz|h\b|год/iu; // a number alone could be one of anything: "do 14 osób"

/** @param {string} text @returns {string[]} "14:00", as they stand in it */
export function saidUntil(text) {
  const hours = [...text.matchAll(UNTIL)].filter(([whole]) => BARE.test(whole));
  const told = hours.map(([, hour, minute = '00']) => [Number(hour), Number(minute)]);
  return told.filter(([hour, minute]) => hour < 24 && minute < 60).map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
}

/** The next time at which clocks in Poland show it. @param {number} from ms */
function next(clock, from) {
  const days = [0, 1, 2].map((later) => toWarsaw(new Date(from + later * DAY)).slice(0, 10));
  return days.flatMap((day) => fromWarsaw(`${day}T${clock}`)).find((instant) => Number(instant) >= from) ?? null;
}

/**
 * An hour of the texts to which something lasts, after the alert has ended.
 * @param {import('./content.js').Fields} fields
 * @returns {string | null} "14:00"; null when there is none, or the end is a day and more away
 */
export function saidAfterEnd({ texts, values, when }, now = Date.now()) {
  const ends = instantOf(values.expires);
  const starts = Math.max(now, when === 'later' ? Number(instantOf(values.send_at)) : 0);
  if (!ends || Number(ends) < starts || Number(ends) - starts >= DAY) return null;
  const said = Object.values(texts).flatMap((text) => Object.values(text).flatMap((part) => saidUntil(String(part))));
  return said.find((clock) => Number(next(clock, starts)) > Number(ends)) ?? null;
}
