// A push that waited for the phone, or for a network: what it says may not hold any more.

import { word } from './words.js';

const LATE = 2 * 60_000; // ms
const HOUR = 60 * 60_000; // ms
const ZONE = 'Europe/Warsaw';
const LOCALES = { pl: 'pl', en: 'en-GB', uk: 'uk' }; // as in words.js

/** Also one from the future: then the phone's clock is wrong, and nobody knows. @param {Record<string, string>} data @param {number} time ms */
export const isLate = ({ sent }, time) => Math.abs(time - Date.parse(sent)) > LATE;

/** The text, behind the time of sending when it came late. @param {Record<string, string>} data @param {number} time ms */
export const dated = (data, time) => (isLate(data, time) ? `${word(data.language, 'sent')} ${clock(data, time)}. ${data.body ?? ''}`.trim() : data.body);

/** "02:11", of another day with that day, in the hour that clocks show twice with its season. @param {Record<string, string>} data */
function clock({ language, sent }, time) {
  const format = (options) => new Intl.DateTimeFormat(LOCALES[language] ?? LOCALES.pl, { timeZone: ZONE, ...options });
  const [day, hour, at] = [format({ dateStyle: 'medium' }), format({ timeStyle: 'short' }), Date.parse(sent)];
  const date = day.format(at) === day.format(time) ? '' : `${day.format(at)}, `;
  const twice = [at - HOUR, at + HOUR].some((other) => hour.format(other) === hour.format(at));
  const season = format({ timeZoneName: 'long' }).formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value;
  return date + hour.format(at) + (twice ? ` (${season})` : '');
}
