// Times that are chosen by a tap: "14:00" is the next time the clock shows it, "+1 8:00" tomorrow's.

import { fromWarsaw, toWarsaw } from '../time/warsaw.js';

const DAY = 24 * 60 * 60 * 1000; // ms
const CHIP = /^(?:\+(\d{1,2}) )?(\d{1,2}):(\d{2})$/;

const dayOf = (from, later) => toWarsaw(new Date(from + later * DAY)).slice(0, 10);

/** @param {string} chip @param {number} [now] ms @returns {{instant: Date, days: number} | null} null for what is no such chip */
export function timeOf(chip, now = Date.now()) {
  const [, later, hour, minute] = CHIP.exec(chip) ?? [];
  if (hour === undefined) return null;
  const days = later === undefined ? [0, 1] : [Number(later)];
  const found = days.flatMap((day) => fromWarsaw(`${dayOf(now, day)}T${hour.padStart(2, '0')}:${minute}`).map((instant) => ({ instant, days: day })));
  return found.find(({ instant }) => instant.getTime() > now) ?? null;
}

/** Those of a fact in their order, each time once. @param {string[]} chips @param {number} [now] ms */
export function timesOf(chips, now = Date.now()) {
  const found = chips.flatMap((chip) => timeOf(chip, now) ?? []).sort((one, other) => Number(one.instant) - Number(other.instant));
  return found.filter(({ instant }, index) => index === 0 || Number(instant) !== Number(found[index - 1].instant));
}
