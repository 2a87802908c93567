// Staff think in the time on the wall in Poland, whatever zone the browser is in.

const ZONE = 'Europe/Warsaw';
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
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

const asUtc = (local) => Date.parse(`${local}:00Z`);
const offsetAt = (time) => asUtc(toWarsaw(new Date(time))) - Math.floor(time / 60000) * 60000;

/**
 * The instants at which the clock shows `local`: none when clocks skip it in spring, two when they
 * show it twice in autumn (earlier first), else one.
 * @param {string} local "YYYY-MM-DDTHH:mm"
 * @returns {Date[]}
 */
export function fromWarsaw(local) {
  const naive = asUtc(local.slice(0, 16));
  if (Number.isNaN(naive)) return [];
  const offsets = new Set([offsetAt(naive - DAY), offsetAt(naive + DAY)]);
  return [...offsets]
    .map((offset) => new Date(naive - offset))
    .filter((instant) => toWarsaw(instant) === local.slice(0, 16))
    .sort((a, b) => a.getTime() - b.getTime());
}

/** RFC 3339 in UTC without fractions, as the API writes it. */
export const toApi = (instant) => instant.toISOString().replace(/\.\d+Z$/, 'Z');

/**
 * Date and time for reading: "22 lis 2026, 14:05".
 * @param {string | Date} value @param {string} locale @param {Intl.DateTimeFormatOptions} options
 */
export function formatTime(value, locale, options = { dateStyle: 'medium', timeStyle: 'short' }) {
  return new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }).format(new Date(value));
}
