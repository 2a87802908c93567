// Times and days as clock and calendar in Poland show them, whatever zone the phone is in.

export const ZONE = 'Europe/Warsaw';
const REGIONS = { en: 'en-GB' }; // where a language alone would be written as elsewhere
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

const localeOf = (language) => REGIONS[language] ?? language;

const formats = new Map(); // making one takes far longer than using it

function format(language, options) {
  const key = language + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(localeOf(language), { timeZone: ZONE, ...options }));
  return formats.get(key);
}

const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });

/** @param {Date | number} instant @returns {string} "YYYY-MM-DD" */
export function dayOf(instant) {
  const parts = Object.fromEntries(calendar.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
}

const dayNumber = (instant) => Date.parse(dayOf(instant)) / DAY;

/** "22 listopada 2026" */
export const date = (time, language) => format(language, { dateStyle: 'long' }).format(new Date(time));

/** "dzisiaj, 14:05", "wczoraj, 9:30", else "20 lis 2026, 14:05". Days are counted by the calendar: some have 23 or 25 hours. */
export function moment(time, language, now = Date.now()) {
  const at = new Date(time);
  const days = dayNumber(at) - dayNumber(now);
  const day = Math.abs(days) <= 1 ? near(days, language) : format(language, { dateStyle: 'medium' }).format(at);
  return `${day}, ${format(language, { timeStyle: 'short' }).format(at)}${season(at, language)}`;
}

/** In the hour that clocks show twice, which of the two: " (Central European Summer Time)". */
function season(at, language) {
  const clock = (shift) => format('pl', { timeStyle: 'short' }).format(new Date(at.getTime() + shift));
  if (clock(0) !== clock(HOUR) && clock(0) !== clock(-HOUR)) return '';
  const parts = format(language, { hour: 'numeric', timeZoneName: 'long' }).formatToParts(at);
  return ` (${parts.find(({ type }) => type === 'timeZoneName')?.value})`;
}

const near = (days, language) => new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'auto' }).format(days, 'day');
