// What the kind of hazard proposes for the other fields: the person may choose otherwise, and then that stays.

import { fields, word } from '../api/vocabulary.js';

const HAZARDS = 'hazards';

/** The hazard's own field. */
export const hazardField = () => fields().find(({ words }) => words === HAZARDS);

/** @param {Record<string, any>} values @returns {Record<string, any>} `values` with another hazard and what it proposes */
export function withHazard(values, hazard) {
  const name = hazardField()?.name ?? '';
  const [before, after] = [word(HAZARDS, values[name]), word(HAZARDS, hazard)];
  const proposed = fields()
    .filter((field) => field.type === 'word' && field.words !== HAZARDS && after[field.name])
    .filter((field) => !values[field.name] || values[field.name] === before[field.name])
    .map((field) => [field.name, after[field.name]]);
  return { ...values, [name]: hazard, ...Object.fromEntries(proposed) };
}
