// A push that waited for the phone, or for a network: what it says may not hold any more.

import { word } from './words.js';

const LATE = 2 * 60_000; // ms
const ZONE = 'Europe/Warsaw';
const LOCALES = { pl: 'pl', en: 'en-GB', uk: 'uk' }; // as in words.js

/** Also one from the future: then the phone's clock is wrong, and nobody knows. @param {Record<string, string>} data @param {number} time ms */
export const isLate = ({ sent }, time) => Math.abs(time - Date.parse(sent)) > LATE;

/** The text, behind the time of sending when it came late. @param {Record<string, string>} data @param {number} time ms */
export const dated = (data, time) => (isLate(data, time) ? `${word(data.language, 'sent')} ${clock(data, time)}. ${data.body ?? ''}`.trim() : data.body);

/** "02:11", and of another day that day with it. @param {Record<string, string>} data */
function clock({ language, sent }, time) {
  const format = (options) => new Intl.DateTimeFormat(LOCALES[language] ?? LOCALES.pl, { timeZone: ZONE, ...options });
  const day = format({ dateStyle: 'medium' });
  const at = new Date(sent);
  const today = day.format(at) === day.format(new Date(time));
  return format({ ...(today ? {} : { dateStyle: 'medium' }), timeStyle: 'short' }).format(at);
}
