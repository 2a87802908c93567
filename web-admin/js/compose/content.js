// The form's fields as the API's Content, and back. Which fields there are, and of what type, the API says.

import { whereOf } from '../area/parts.js';
import { fields as described, firstLanguage, textFields, word } from '../api/vocabulary.js';
import { cleaned } from './clean_text.js';
import { faultOfMoment, instantOf, momentOf, soonAfter } from './instants.js';
import { toApi } from '../time/warsaw.js';

export const PLACEHOLDER = /\{[^{}]*\}/;

const USUAL_HOURS = 24; // until an alert expires

/**
 * `values`: what was typed or chosen, by the field's name; a time as a Moment.
 * @typedef {import('./instants.js').Moment} Moment
 * @typedef {Record<string, string>} Text by the part's name
 * @typedef {{values: Record<string, any>, texts: Record<string, Text>, written: string[], when: "now" | "later",
 *   sound: "atOnce" | "later", repeat?: boolean, noticed?: import('./noticed.js').Noticed}} Fields `written`: languages of the alert; `repeat`: how often is asked at the end
 */

const EMPTY = { word: '', line: '', paragraphs: '', contact: '', flag: false };

/** A field that the form shows in a way of its own, or another one does. */
const OWN = ['texts', 'area', 'parts'];

export const plainFields = () => described().filter(({ name }) => !OWN.includes(name));

export const emptyValue = ({ type }) => (type === 'time' ? momentOf(null) : (EMPTY[type] ?? ''));

/** @returns {Text} */
export const emptyText = () => Object.fromEntries(textFields().map(({ name }) => [name, '']));

/** @returns {Fields} */
export const emptyFields = () => ({
  values: { ...Object.fromEntries(plainFields().map((field) => [field.name, emptyValue(field)])), expires: soonAfter(USUAL_HOURS) },
  texts: { [firstLanguage()]: emptyText() },
  written: [firstLanguage()],
  when: 'now',
  sound: 'atOnce',
});

const shownValue = (field, value) => {
  if (field.type === 'time') return momentOf(value ? new Date(value) : null);
  return value ?? emptyValue(field);
};

/** @returns {Fields} */
export const fieldsOf = (alert) => ({
  values: Object.fromEntries(plainFields().map((field) => [field.name, shownValue(field, alert[field.name])])),
  texts: Object.fromEntries(Object.entries(alert.texts).map(([code, text]) => [code, { ...emptyText(), ...withoutNull(text) }])),
  written: Object.keys(alert.texts),
  when: alert.send_at ? 'later' : 'now',
  sound: alert.sound_at ? 'later' : 'atOnce',
  ...(alert.noticed && { noticed: { at: alert.noticed, chip: 'time' } }),
});

const withoutNull = (text) => Object.fromEntries(Object.entries(text).filter(([, value]) => value !== null));

/** What is always loud is never silent, but its exercise may be. */
export const mayBeSilent = ({ values }) => !word('severities', values.severity).always_sounds || values.exercise;

export const soundsLater = (fields) => fields.sound === 'later' && mayBeSilent(fields);

const UNASKED = { send_at: (fields) => fields.when !== 'later', sound_at: (fields) => !soundsLater(fields) };

/** Whether the form asks for a field now. */
const isAsked = (name, fields) => !UNASKED[name]?.(fields);

/** Times that were asked for by a choice are then needed. */
const isNeeded = (field, fields, submitting) =>
  field.required || field.name in UNASKED || (submitting && field.required_of.includes(fields.values.category));

/**
 * @typedef {{field: string, key: string, parameters?: object}} Fault
 * @returns {Fault[]}
 */
function faultsOf(field, fields, submitting) {
  const value = fields.values[field.name];
  const empty = field.type === 'time' ? !value.local : !cleaned(value, field.type);
  if (empty) return isNeeded(field, fields, submitting) ? [{ field: field.name, key: 'error.missing', parameters: { label: field.label } }] : [];
  return field.type === 'time' && !instantOf(value) ? [{ field: field.name, key: `error.${faultOfMoment(value)}` }] : [];
}

/** @returns {Fault[]} */
function textFaults(fields, language, submitting) {
  return textFields().flatMap(/** @returns {Fault[]} */ (part) => {
    const text = cleaned(fields.texts[language]?.[part.name], part.type);
    const field = `${language}-${part.name}`;
    if (!text) return isNeeded(part, fields, submitting) ? [{ field, key: 'error.missing', parameters: { label: part.label } }] : [];
    const placeholder = PLACEHOLDER.exec(text);
    return placeholder ? [{ field, key: 'error.placeholder', parameters: { placeholder: placeholder[0] } }] : [];
  });
}

/**
 * What must be mended before the server can be asked; everything else is the server's to judge.
 * @param {Fields} fields
 * @param {import('../area/model.js').Part[]} parts of the area
 * @param {boolean} submitting whether it is more than a draft
 * @returns {Fault[]} in the order of the API's fields
 */
export function missing(fields, parts, submitting) {
  return described().flatMap((field) => {
    if (field.name === 'texts') return fields.written.flatMap((language) => textFaults(fields, language, submitting));
    if (field.name === 'parts') return [];
    if (field.name === 'area') return whereOf(parts) ? [] : [{ field: 'area', key: 'error.area' }];
    if (field.type === 'flag' || !isAsked(field.name, fields)) return [];
    return faultsOf(field, fields, submitting);
  });
}

const cleanText = (text) =>
  Object.fromEntries(textFields().map(({ name, type, required }) => [name, cleaned(text[name], type), required]).filter(([, value, required]) => value || required));

function valueOf(field, fields) {
  const value = fields.values[field.name];
  if (!isAsked(field.name, fields)) return null;
  if (field.type === 'flag') return Boolean(value);
  if (field.type !== 'time') return cleaned(value, field.type) || null;
  const instant = instantOf(value);
  return instant && toApi(instant);
}

/** The body of POST and PUT; call it when `missing` found nothing. */
export const contentOf = (fields, parts) => ({
  ...Object.fromEntries(plainFields().map((field) => [field.name, valueOf(field, fields)])),
  texts: Object.fromEntries(fields.written.map((language) => [language, cleanText(fields.texts[language])])),
  ...(whereOf(parts) ?? { area: null }),
  ...(fields.values.area_change ? { area_change: fields.values.area_change } : {}), // of an update; unsaid, it stays as it is
  ...(fields.noticed && { noticed: fields.noticed.at }),
});
