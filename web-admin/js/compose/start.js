// What the form starts with: nothing, an alert as it is, or one to be written after another.

import { partsOrNone } from '../area/geojson.js';
import { partsFromApi } from '../area/parts.js';
import { emptyFields, fieldsOf } from './content.js';

/** @typedef {import('../area/names.js').Names} Names */

/** By name where the API says so, else as they are drawn. @param {any} alert @param {Names} names @returns {any[]} */
export const partsOfAlert = (alert, names) => (alert.parts?.length ? partsFromApi(alert.parts, names.known, partsOrNone) : partsOrNone(alert.area));

/** Times belong to the alert that they were given for. */
function copied(alert) {
  const { values, texts, written } = fieldsOf(alert);
  const empty = emptyFields();
  const times = Object.entries(empty.values).filter(([, value]) => typeof value === 'object');
  return { ...empty, values: { ...values, ...Object.fromEntries(times) }, texts: { ...empty.texts, ...texts }, written };
}

function withName(alert) {
  const fields = emptyFields();
  return { ...fields, values: { ...fields.values, area_name: alert.area_name ?? '' } };
}

/**
 * @typedef {{alert: any, what: string}} Model an earlier alert, and whether it is copied or gives its area alone
 * @param {any} alert null for a new one @param {Model | null} model @param {Names} names
 * @returns {{fields: import('./content.js').Fields, parts: any[], saved: import('./saving.js').Saved, lost: string[]}}
 */
export function startOf(alert, model, names) {
  const saved = { id: alert?.id ?? null, etag: alert?.etag ?? null, attempt: null };
  if (!alert && model) {
    return { fields: model.what === 'copy' ? copied(model.alert) : withName(model.alert), parts: partsOfAlert(model.alert, names), saved, lost: [] };
  }
  if (!alert) return { fields: emptyFields(), parts: [], saved, lost: [] };
  const parts = partsOfAlert(alert, names);
  return { fields: fieldsOf(alert), parts, saved, lost: alert.area && !parts.length ? ['area'] : [] }; // a draft may have none yet
}
