// What follows from a template's facts and the area: texts in every language, the area's name, times, who informs. What the
// person wrote otherwise stays.

import { firstLanguage, words } from '../api/vocabulary.js';
import { areaName, lines, times, withNames } from '../facts/follow.js';
import { render } from '../facts/render.js';
import { emptyText } from './content.js';
import { instantOf, momentOf } from './instants.js';
import { placeNames } from './place_names.js';
import { languagesOf } from './templates.js';

/** @typedef {{values: Record<string, any>, texts: Record<string, any>}} Made what followed last, by the fields' names */

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const sent = ({ when, values }) => (when === 'later' && instantOf(values.send_at)) || new Date();

function madeValues(template, facts, names, now) {
  const moments = Object.entries(times(template, facts, now)).map(([name, at]) => [name, momentOf(at ? new Date(at) : null)]);
  return { ...Object.fromEntries(moments), ...lines(template, facts, now), ...(names.length && { area_name: areaName(names) }) };
}

/**
 * @param {any} template @param {Record<string, any>} facts
 * @param {import('./content.js').Fields} fields @param {any[]} parts @param {any} covers
 * @returns {Made}
 */
export function made(template, facts, fields, parts, covers) {
  const now = sent(fields);
  const texts = languagesOf(template).map((code) => {
    const told = withNames(template, facts, placeNames(parts, covers, code));
    return [code, { ...emptyText(), ...render(template, told, code, now) }];
  });
  return { values: madeValues(template, facts, placeNames(parts, covers, firstLanguage()), now), texts: Object.fromEntries(texts) };
}

/** Each field that holds what followed before, or nothing, becomes what follows now. */
function updated(present, before, now, isEmpty) {
  const changed = Object.entries(now).filter(([name, value]) => !same(value, present[name]) && (isEmpty(present[name]) || same(present[name], before?.[name])));
  return { ...present, ...Object.fromEntries(changed) };
}

const isEmptyValue = (value) => !value || (typeof value === 'object' && !value.local);

/**
 * @param {import('./content.js').Fields} fields @param {Made | null} before @param {Made} now
 * @returns {{values: object, texts: object, written: string[]}} what of the fields changes
 */
export function followed(fields, before, now) {
  const texts = Object.entries(now.texts).map(([code, text]) => [code, updated(fields.texts[code] ?? emptyText(), before?.texts[code], text, (part) => !part)]);
  const written = [...new Set([...fields.written, ...Object.keys(now.texts)])];
  const order = words('languages').map(({ value }) => value);
  return {
    values: updated(fields.values, before?.values, now.values, isEmptyValue),
    texts: { ...fields.texts, ...Object.fromEntries(texts) },
    written: written.sort((one, other) => order.indexOf(one) - order.indexOf(other)),
  };
}
