// Which facts are given, asked for, and missing; shared/domain/facts/given.py judges the same.

/**
 * `value` by type: time RFC 3339, day "YYYY-MM-DD", number a number, names a list of texts, switch true or false.
 * @typedef {{name: string, type: string, label: Record<string, string>, required?: boolean, needs?: string | null,
 *   chips?: string[]}} Fact
 * @typedef {Record<string, any>} Facts by name
 */

export const factNamed = (template, name) => template.facts.find((fact) => fact.name === name) ?? null;

/** Whether its switch, if it has one, is on. @param {any} template @param {Fact} fact @param {Facts} facts */
export function isAsked(template, fact, facts) {
  const on = fact.needs ? factNamed(template, fact.needs) : null;
  return !on || isGiven(template, on, facts);
}

const HELD = {
  time: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  day: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  names: (value) => Array.isArray(value) && value.some((name) => name.trim()),
  switch: (value) => value === true,
  text: (value) => typeof value === 'string' && /[^\s.]/u.test(value),
};
HELD.telephone = HELD.text;

/** A fact without its switch is not, whatever was typed before. @returns {boolean} */
export const isGiven = (template, fact, facts) => isAsked(template, fact, facts) && HELD[fact.type](facts[fact.name]);

/** Names of the facts that the alert cannot go without. @returns {string[]} */
export const missing = (template, facts) =>
  template.facts.filter((fact) => fact.required && isAsked(template, fact, facts) && !isGiven(template, fact, facts)).map(({ name }) => name);
