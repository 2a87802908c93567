// A draft as this browser kept it, also by an earlier release, made one that the form can show: what cannot be read is left
// out and named, so that no draft keeps its page from opening.

import { AreaError } from '../area/area_error.js';
import { kept as keptParts } from '../area/model.js';
import { firstLanguage, textFields, words } from '../api/vocabulary.js';
import { emptyFields, emptyText, emptyValue, plainFields } from './content.js';
import { isMoment } from './instants.js';

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOf = (value) => (isObject(value) ? value : {});
const oneOf = (choices, value) => (choices.includes(value) ? value : choices[0]);

const isOfType = ({ type }, value) => (type === 'time' ? isMoment(value) : typeof value === (type === 'flag' ? 'boolean' : 'string'));

/** @returns {[Record<string, any>, string[]]} the values, and the names of those that could not be read */
function valuesOf(kept) {
  const lost = plainFields().filter((field) => field.name in kept && kept[field.name] !== null && !isOfType(field, kept[field.name]));
  const empty = emptyFields().values;
  const read = plainFields().map((field) => {
    if (lost.includes(field)) return [field.name, emptyValue(field)];
    return [field.name, isOfType(field, kept[field.name]) ? kept[field.name] : empty[field.name]];
  });
  return [Object.fromEntries(read), lost.map(({ name }) => name)];
}

const textOf = (kept) => ({
  ...emptyText(),
  ...Object.fromEntries(textFields().flatMap(({ name }) => (typeof kept[name] === 'string' ? [[name, kept[name]]] : []))),
});

/** Languages lay beside the values in the first release. */
function textsOf(kept) {
  const found = isObject(kept.texts) ? kept.texts : Object.fromEntries(words('languages').flatMap(({ value }) => (kept[value]?.title ? [[value, kept[value]]] : [])));
  return Object.fromEntries(Object.entries(found).filter(([, text]) => isObject(text)).map(([code, text]) => [code, textOf(text)]));
}

const writtenOf = (kept, texts) => {
  const named = Array.isArray(kept.written) ? kept.written : Object.keys(texts);
  return [...new Set([firstLanguage(), ...named.filter((code) => code in texts)])];
};

const noticedOf = (kept) => (isObject(kept) && typeof kept.chip === 'string' && (kept.at === null || !Number.isNaN(Date.parse(kept.at))) ? { noticed: { at: kept.at, chip: kept.chip } } : {});

/**
 * @param {any} kept
 * @returns {{fields: import('./content.js').Fields, lost: string[]}} `lost`: fields whose value could not be read
 */
export function restored(kept) {
  const draft = objectOf(kept);
  const [values, lost] = valuesOf(objectOf(draft.values ?? draft));
  const texts = { ...emptyFields().texts, ...textsOf(draft) };
  const fields = {
    values,
    texts,
    written: writtenOf(draft, texts),
    when: oneOf(['now', 'later'], draft.when),
    sound: oneOf(['atOnce', 'later'], draft.sound),
    ...noticedOf(draft.noticed),
  };
  return { fields: /** @type {import('./content.js').Fields} */ (fields), lost };
}

/** @returns {{parts: import('../area/model.js').Part[], lost: string[]}} */
function restoredArea(parts) {
  try {
    return { parts: keptParts(parts), lost: [] };
  } catch (error) {
    if (!(error instanceof AreaError)) throw error;
    return { parts: [], lost: ['area'] };
  }
}

/** Of a template that is known by then, or else forgotten. */
const factsOf = (kept) => (typeof kept?.template === 'string' && isObject(kept.facts) ? { template: kept.template, facts: kept.facts, made: isMade(kept.made) ? kept.made : null } : null);

const isMade = (made) => isObject(made?.values) && isObject(made?.texts);

const text = (value) => (typeof value === 'string' ? value : null);

/** @returns {import('./saving.js').Saved} */
const savedOf = ({ id, etag, attempt }, alert) => ({
  id: text(id) ?? alert?.id ?? null,
  etag: text(etag) ?? alert?.etag ?? null,
  attempt: text(attempt?.key) && isObject(attempt?.content) ? attempt : null,
});

/**
 * What this browser kept of an alert, or of a new one (null).
 * @param {any} kept
 * @param {any} alert
 * @returns {{fields: import('./content.js').Fields, parts: import('../area/model.js').Part[],
 *   saved: import('./saving.js').Saved, facts: import('./told_facts.js').KeptFacts | null, at: string, lost: string[]} | null} null when nothing was kept
 */
export function draftOf(kept, alert) {
  if (!isObject(kept)) return null;
  const { fields, lost } = restored(kept.fields);
  const area = restoredArea(kept.parts ?? []);
  const at = Number.isNaN(Date.parse(kept.at)) ? new Date().toISOString() : kept.at;
  return { fields, parts: area.parts, saved: savedOf(objectOf(kept.saved), alert), facts: factsOf(kept.facts), at, lost: [...lost, ...area.lost] };
}
