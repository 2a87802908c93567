// Staff think in the time on the wall in Poland, whatever zone the browser is in.

import { t } from '../i18n/index.js';

const ZONE = 'Europe/Warsaw';
const LOCAL = /^(\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d)/;
const YEARS = [2000, 2199]; // others are slips of the keyboard: 27, 20270
const DAY = 24 * 60 * 60 * 1000;

const fields = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/**
 * The clock on the wall, as an `<input type="datetime-local">` holds it: "2027-03-28T14:05".
 * @param {Date} instant
 */
export function toWarsaw(instant) {
  const part = Object.fromEntries(fields.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${part.year.padStart(4, '0')}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

const asUtc = (local) => Date.parse(`${local}:00Z`);
const offsetAt = (time) => asUtc(toWarsaw(new Date(time))) - Math.floor(time / 60000) * 60000;

const isYear = (local) => {
  const year = LOCAL.exec(local)?.[1] ?? '';
  return year.length === 4 && Number(year) >= YEARS[0] && Number(year) <= YEARS[1];
};

/**
 * The instants at which the clock shows `local`: none when clocks skip it in spring, two when they
 * show it twice in autumn (earlier first), else one.
 * @param {string} local "YYYY-MM-DDTHH:mm"
 * @returns {Date[]}
 */
export function fromWarsaw(local) {
  const naive = asUtc(local.slice(0, 16));
  if (!isYear(local) || Number.isNaN(naive)) return [];
  const offsets = new Set([offsetAt(naive - DAY), offsetAt(naive + DAY)]);
  return [...offsets]
    .map((offset) => new Date(naive - offset))
    .filter((instant) => toWarsaw(instant) === local.slice(0, 16))
    .sort((a, b) => a.getTime() - b.getTime());
}

/**
 * Why `local` is no instant: no year of ours, an hour that clocks skip, or nothing that can be read.
 * @param {string} local
 * @returns {"year" | "skippedTime" | "time" | null} null when it is one
 */
export function faultOf(local) {
  if (fromWarsaw(local).length) return null;
  if (!LOCAL.test(local)) return 'time';
  if (!isYear(local)) return 'year';
  const naive = asUtc(local.slice(0, 16));
  return !Number.isNaN(naive) && new Date(naive).toISOString().startsWith(local.slice(0, 16)) ? 'skippedTime' : 'time';
}

/** In the hour that clocks show twice: which of the two. @param {Date} instant @returns {string} words, or "" */
function season(instant) {
  const both = fromWarsaw(toWarsaw(instant));
  if (both.length < 2) return '';
  return t(instant.getTime() < both[1].getTime() ? 'time.summer' : 'time.winter');
}

/** RFC 3339 in UTC without fractions, as the API writes it. */
export const toApi = (instant) => instant.toISOString().replace(/\.\d+Z$/, 'Z');

/**
 * Date and time for reading: "22 lis 2026, 14:05"; in the hour that comes twice with its season. What is no time is shown as it is.
 * @param {string | Date} value @param {string} locale @param {Intl.DateTimeFormatOptions} options
 */
export function formatTime(value, locale, options = { dateStyle: 'medium', timeStyle: 'short' }) {
  const instant = new Date(value);
  if (Number.isNaN(instant.getTime())) return String(value ?? '');
  const words = new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }).format(instant);
  const which = options.timeStyle ? season(instant) : '';
  return which ? `${words} (${which})` : words;
}
