// Times that are chosen by a tap: "14:00" is the next time the clock shows it, "+1 8:00" tomorrow's, "+2h" in two hours.

import { fromWarsaw, toWarsaw } from '../time/warsaw.js';

const DAY = 24 * 60 * 60 * 1000; // ms
const HOUR = DAY / 24;
const QUARTER = HOUR / 4;
const CLOCK = /^(?:\+(\d) )?(\d{1,2}):(\d{2})$/;
const LATER = /^\+(\d{1,2})h$/;

/** @typedef {{instant: Date, days: number, hours?: number}} Chip `days` from today; `hours`: said as so many from now */

const dayOf = (now, later) => toWarsaw(new Date(now + later * DAY)).slice(0, 10);

/** @returns {Chip | null} */
function inHours(chip, now) {
  const hours = Number(LATER.exec(chip)?.[1] ?? 0);
  return hours ? { instant: new Date(Math.ceil((now + hours * HOUR) / QUARTER) * QUARTER), days: 0, hours } : null;
}

/** @param {string} chip @param {number} now ms @returns {Chip | null} null for what is no such chip */
export function timeOf(chip, now = Date.now()) {
  const [, later, hour, minute] = CLOCK.exec(chip) ?? [];
  if (hour === undefined) return inHours(chip, now);
  const days = later === undefined ? [0, 1] : [Number(later)];
  const found = days.flatMap((day) => fromWarsaw(`${dayOf(now, day)}T${hour.padStart(2, '0')}:${minute}`).map((instant) => ({ instant, days: day })));
  return found.find(({ instant }) => instant.getTime() > now) ?? null;
}

/** Those of a fact by time, each time once. @param {string[]} chips @param {number} now ms @returns {Chip[]} */
export function timesOf(chips, now = Date.now()) {
  const found = chips.flatMap((chip) => timeOf(chip, now) ?? []).sort((one, other) => Number(one.instant) - Number(other.instant));
  return found.filter(({ instant }, index) => index === 0 || Number(instant) !== Number(found[index - 1].instant));
}
