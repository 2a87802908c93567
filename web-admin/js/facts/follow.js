// What else follows from the facts: until when the alert holds, the area's name, who says it; as
// shared/domain/facts/follow.py has it.

import { factRules } from '../api/vocabulary.js';
import { toApi } from '../time/warsaw.js';
import { factNamed, isGiven } from './given.js';
import { joinedNames } from './names.js';
import { lineOf } from './render.js';

const HOUR = 60 * 60 * 1000; // ms

/** @returns {string | null} RFC 3339 */
function timeOf(template, name, facts) {
  const { fact: factName, hours = 0 } = template.follows[name];
  const fact = factNamed(template, factName);
  return fact && isGiven(template, fact, facts) ? toApi(new Date(Date.parse(facts[factName]) + hours * HOUR)) : null;
}

/**
 * `expires`, `event_ends`, `next_info`, those that follow, as RFC 3339 or null: without its fact an alert expires so many
 * hours after it goes out, at a full hour.
 * @param {any} template @param {Record<string, any>} facts @param {Date} now when the alert goes out
 * @returns {Record<string, string | null>}
 */
export function times(template, facts, now = new Date()) {
  const found = Object.fromEntries(Object.keys(template.follows ?? {}).map((name) => [name, timeOf(template, name, facts)]));
  const usual = new Date(Math.ceil((now.getTime() + template.hours * HOUR) / HOUR) * HOUR);
  return { ...found, expires: found.expires ?? toApi(usual) };
}

/** The alert's one-line fields `source` and `contact`, those that the template has. @returns {Record<string, string>} */
export const lines = (template, facts, now = new Date()) =>
  Object.fromEntries(Object.entries(template.lines ?? {}).map(([name, text]) => [name, lineOf(template, text, facts, now)]));

/** In the first language, as many names as the field holds. @param {string[]} names */
export function areaName(names) {
  for (let most = Math.max(names.length, 1); ; most -= 1) {
    const said = joinedNames(names, factRules().first, most);
    if ([...said].length <= factRules().area_name_longest || most <= 1) return said;
  }
}

/** The facts with the area's names wherever the template says them. @param {any} template @param {Record<string, any>} facts @param {string[]} names */
export const withNames = (template, facts, names) => ({
  ...facts,
  ...Object.fromEntries(template.facts.filter(({ type }) => type === 'names').map(({ name }) => [name, names])),
});
