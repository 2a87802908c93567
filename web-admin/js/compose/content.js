// The form's fields as the API's Content, and back.

import { geometryOf } from '../area/model.js';
import { fromWarsaw, toApi, toWarsaw } from '../time/warsaw.js';

const HOUR = 60 * 60 * 1000;
export const PLACEHOLDER = /\{[^{}]*\}/;

/**
 * A time as typed: the clock in Poland, and which of the two when it shows the same time twice.
 * @typedef {{local: string, second: boolean}} Moment
 * @typedef {{category: string, severity: string, english: boolean, area_name: string, when: "now" | "later",
 *   pl: {title: string, body: string}, en: {title: string, body: string}, expires: Moment, send_at: Moment}} Fields
 */

const moment = (instant) => {
  const local = instant ? toWarsaw(instant) : '';
  const both = local ? fromWarsaw(local) : [];
  return { local, second: both.length > 1 && both[1].getTime() === new Date(instant).setSeconds(0, 0) };
};

/** An hour that is easy to say: `hours` from now, at the next full hour. */
export const hoursFromNow = (hours) => moment(new Date(Math.ceil((Date.now() + hours * HOUR) / HOUR) * HOUR));

/** @returns {Fields} */
export const emptyFields = () => ({
  category: '',
  severity: '',
  pl: { title: '', body: '' },
  en: { title: '', body: '' },
  english: false,
  area_name: '',
  expires: hoursFromNow(24),
  when: 'now',
  send_at: moment(null),
});

/** @returns {Fields} */
export const fieldsOf = (alert) => ({
  category: alert.category,
  severity: alert.severity,
  pl: { ...alert.texts.pl },
  en: alert.texts.en ? { ...alert.texts.en } : { title: '', body: '' },
  english: Boolean(alert.texts.en),
  area_name: alert.area_name,
  expires: moment(new Date(alert.expires)),
  when: alert.send_at ? 'later' : 'now',
  send_at: moment(alert.send_at ? new Date(alert.send_at) : null),
});

/** @param {Moment} typed; @returns {Date | null} null when nothing, or a time that clocks skip, was typed */
export function instantOf({ local, second }) {
  const instants = local ? fromWarsaw(local) : [];
  return instants[second ? 1 : 0] ?? instants[0] ?? null;
}

const textErrors = (fields, language) =>
  ['title', 'body'].flatMap((name) => {
    const text = fields[language][name].trim();
    const field = `${language}-${name}`;
    if (!text) return [{ field, key: `error.${name}Missing` }];
    const placeholder = PLACEHOLDER.exec(text);
    return placeholder ? [{ field, key: 'error.placeholder', parameters: { placeholder: placeholder[0] } }] : [];
  });

function timeErrors(field, typed) {
  if (!typed.local) return [{ field, key: `error.${field}Missing` }];
  return instantOf(typed) ? [] : [{ field, key: 'error.skippedTime' }];
}

/**
 * What must be mended before the server can be asked; everything else is the server's to judge.
 * @returns {{field: string, key: string, parameters?: object}[]} in the order of the form
 */
export function missing(fields, parts) {
  return [
    ...['category', 'severity'].filter((field) => !fields[field]).map((field) => ({ field, key: `error.${field}Missing` })),
    ...textErrors(fields, 'pl'),
    ...(fields.english ? textErrors(fields, 'en') : []),
    ...(parts.length ? [] : [{ field: 'area', key: 'error.areaMissing' }]),
    ...(fields.area_name.trim() ? [] : [{ field: 'area_name', key: 'error.area_nameMissing' }]),
    ...(fields.when === 'later' ? timeErrors('send_at', fields.send_at) : []),
    ...timeErrors('expires', fields.expires),
  ];
}

const trimmed = ({ title, body }) => ({ title: title.trim(), body: body.trim() });

/** The body of POST and PUT; call it when `missing` found nothing. */
export const contentOf = (fields, parts) => ({
  category: fields.category,
  severity: fields.severity,
  texts: { pl: trimmed(fields.pl), ...(fields.english && { en: trimmed(fields.en) }) },
  area: geometryOf(parts),
  area_name: fields.area_name.trim(),
  expires: toApi(instantOf(fields.expires)),
  send_at: fields.when === 'later' ? toApi(instantOf(fields.send_at)) : null,
});
