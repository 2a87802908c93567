// The last day on which a visitor's place counts, by the calendar in Poland.

import { dayOf, ZONE } from '../shell/times.js';

const DAY = 24 * 60 * 60 * 1000;
const HOUR = 60 * 60 * 1000;
const FURTHEST = 364; // days from today: with the end of that day still within the year that firestore.rules allows

const clock = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, hourCycle: 'h23', hour: '2-digit' });

const shifted = (day, days) => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** Of two possible offsets one shows midnight; clocks change at 2 and 3, so midnight is there once a day. */
function midnight(day) {
  const naive = Date.parse(`${day}T00:00:00Z`);
  const instants = [1, 2].map((hours) => new Date(naive - hours * HOUR));
  return instants.find((instant) => dayOf(instant) === day && clock.format(instant) === '00') ?? instants[0];
}

const isDay = (day) => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) && shifted(day, 0) === day;

/** @param {string} day "YYYY-MM-DD" @returns {Date} the midnight that ends it */
export const endOf = (day) => midnight(shifted(day, 1));

/** The day that an end, as `endOf` made it, closes. */
export const lastDay = (until) => dayOf(new Date(until.getTime() - 1));

/** First and last day that may be chosen. */
export const span = (now = new Date()) => ({ first: dayOf(now), last: shifted(dayOf(now), FURTHEST) });

/** @returns {"unreadable" | "past" | "far" | null} what is wrong with a day to end on; nothing is wrong with none */
export function dayProblem(day, now = new Date()) {
  if (!day) return null;
  if (!isDay(day)) return 'unreadable';
  const { first, last } = span(now);
  if (day < first) return 'past';
  return day > last ? 'far' : null;
}
