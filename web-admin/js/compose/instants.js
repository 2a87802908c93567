// Times as they are typed: the clock in Poland, and which of the two when it shows the same time twice.

import { faultOf, fromWarsaw, toWarsaw } from '../time/warsaw.js';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const MORNING = 'T06:00'; // the end of most people's quiet hours
const LEAST_SILENCE = 5 * MINUTE; // openapi.yaml, Content.sound_at

/** @typedef {{local: string, second: boolean}} Moment */

/** @param {Date | null} instant @returns {Moment} */
export function momentOf(instant) {
  const local = instant && !Number.isNaN(instant.getTime()) ? toWarsaw(instant) : '';
  const both = local ? fromWarsaw(local) : [];
  return { local, second: both.length > 1 && both[1].getTime() === new Date(instant ?? 0).setSeconds(0, 0) };
}

/** @param {Moment} typed; @returns {Date | null} null when nothing, or a time that clocks skip, was typed */
export function instantOf({ local, second }) {
  const instants = local ? fromWarsaw(local) : [];
  return instants[second ? 1 : 0] ?? instants[0] ?? null;
}

/** Why a typed time is none, as the end of a words' key. @param {Moment} typed */
export const faultOfMoment = ({ local }) => faultOf(local);

/** Whether what was kept is a Moment at all. */
export const isMoment = (kept) => typeof kept?.local === 'string' && typeof kept.second === 'boolean' && (!kept.local || faultOf(kept.local) !== 'time');

/** An hour that is easy to say: `hours` from now, at the next full hour. */
export const soonAfter = (hours) => momentOf(new Date(Math.ceil((Date.now() + hours * HOUR) / HOUR) * HOUR));

/** When an alert with these fields goes out, as far as is known. */
const sending = ({ when, values }) => Math.max(when === 'later' ? Number(instantOf(values.send_at)) : 0, Date.now());

/** The first six o'clock by which an alert with these fields can have been delivered. */
export function morningAfter(fields) {
  const start = sending(fields);
  const days = new Set([0, 18, 30].map((hours) => toWarsaw(new Date(start + hours * HOUR)).slice(0, 10)));
  const mornings = [...days].flatMap((day) => fromWarsaw(day + MORNING));
  return momentOf(mornings.find((morning) => morning.getTime() - start > LEAST_SILENCE) ?? null);
}
