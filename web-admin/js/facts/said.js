// How one fact is said in a language, by the table of shared/fact_rules.json; shared/domain/facts/said.py says the same.

import { factRules } from '../api/vocabulary.js';
import { toWarsaw } from '../time/warsaw.js';
import { joinedNames } from './names.js';
import { plainly } from './plainly.js';

const DAY = 24 * 60 * 60 * 1000; // ms

const filled = (pattern, parts) => pattern.replace(/\{(\w+)\}/g, (_, name) => parts[name]);

/** A day as milliseconds of its beginning in UTC, whatever the zone. @param {string} day "YYYY-MM-DD" */
const asUtc = (day) => Date.parse(`${day.slice(0, 10)}T00:00:00Z`);

function calendar(day, words, form) {
  const date = new Date(asUtc(day));
  return {
    day: String(date.getUTCDate()),
    month: words.months[date.getUTCMonth()],
    weekday: words.weekdays[form][(date.getUTCDay() + 6) % 7],
  };
}

/** @param {string} local @param {string} today both on the clock in Poland */
function distance(local, today) {
  const { evening_from: evening, weekday_days: week } = factRules();
  const days = Math.round((asUtc(local) - asUtc(today)) / DAY);
  if (days === 0) return 'today';
  if (days === 1 && Number(today.slice(11, 13)) < evening) return 'tomorrow';
  return days > 0 && days <= week ? 'week' : 'later';
}

function time(form, value, words, now) {
  const local = toWarsaw(new Date(value));
  const given = form === 'until' ? 'until' : 'at';
  const parts = { ...calendar(local, words, given), clock: `${Number(local.slice(11, 13))}:${local.slice(14, 16)}` };
  return filled(form === 'date' ? words.dated : words[given][distance(local, toWarsaw(now))], parts);
}

/** The sentence has its own full stop. */
const line = (text) => plainly(text).replace(/\.+$/, '').trimEnd();

const SAID = {
  time: (form, value, words, { now }) => time(form, value, words, now),
  day: (form, value, words) => filled(form === 'weekday' ? words.weekday : words.date, calendar(value, words, 'at')),
  number: (_, value, words) => String(Number(value)).replace('.', words.decimal),
  names: (_, value, __, { language, most }) => joinedNames(value, language, most),
  text: (_, value) => line(value),
  telephone: (_, value) => line(value),
  switch: () => '',
};

/**
 * @param {string} type @param {string} form @param {any} value
 * @param {{language: string, now: Date, most: number}} saying `now`: when the alert goes out; `most`: names that are said
 * @returns {string}
 */
export const said = (type, form, value, saying) => SAID[type](form, value, factRules().languages[saying.language], saying);
