// The form's fields as the API's Content, and back.

import { geometryOf } from '../area/model.js';
import { fromWarsaw, toApi, toWarsaw } from '../time/warsaw.js';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const MORNING = 'T06:00'; // the end of most people's quiet hours
const LEAST_SILENCE = 5 * MINUTE; // openapi.yaml, Content.sound_at
export const PLACEHOLDER = /\{[^{}]*\}/;

/**
 * A time as typed: the clock in Poland, and which of the two when it shows the same time twice.
 * @typedef {{local: string, second: boolean}} Moment
 * @typedef {{category: string, severity: string, exercise: boolean, english: boolean, area_name: string,
 *   pl: {title: string, body: string}, en: {title: string, body: string}, when: "now" | "later", send_at: Moment,
 *   sound: "atOnce" | "later", sound_at: Moment, expires: Moment}} Fields
 */

/** @param {Date | null} instant @returns {Moment} */
const moment = (instant) => {
  const local = instant ? toWarsaw(instant) : '';
  const both = local ? fromWarsaw(local) : [];
  return { local, second: both.length > 1 && both[1].getTime() === new Date(instant ?? 0).setSeconds(0, 0) };
};

/** An hour that is easy to say: `hours` from now, at the next full hour. */
export const hoursFromNow = (hours) => moment(new Date(Math.ceil((Date.now() + hours * HOUR) / HOUR) * HOUR));

/** When an alert with these fields goes out, as far as is known. */
const sending = (fields) => Math.max(fields.when === 'later' ? Number(instantOf(fields.send_at)) : 0, Date.now());

/** The first six o'clock by which an alert with these fields can have been delivered. */
export function morningAfter(fields) {
  const start = sending(fields);
  const days = new Set([0, 18, 30].map((hours) => toWarsaw(new Date(start + hours * HOUR)).slice(0, 10)));
  const mornings = [...days].flatMap((day) => fromWarsaw(day + MORNING));
  return moment(mornings.find((morning) => morning.getTime() - start > LEAST_SILENCE) ?? null);
}

/** An evacuation is never silent; its exercise may be. */
export const mayBeSilent = ({ severity, exercise }) => severity !== 'Extreme' || exercise;

export const soundsLater = (fields) => fields.sound === 'later' && mayBeSilent(fields);

/** @returns {Fields} */
export const emptyFields = () => ({
  category: '',
  severity: '',
  exercise: false,
  pl: { title: '', body: '' },
  en: { title: '', body: '' },
  english: false,
  area_name: '',
  expires: hoursFromNow(24),
  when: 'now',
  send_at: moment(null),
  sound: 'atOnce',
  sound_at: moment(null),
});

/** @returns {Fields} */
export const fieldsOf = (alert) => ({
  category: alert.category,
  severity: alert.severity,
  exercise: alert.exercise,
  pl: { ...alert.texts.pl },
  en: alert.texts.en ? { ...alert.texts.en } : { title: '', body: '' },
  english: Boolean(alert.texts.en),
  area_name: alert.area_name,
  expires: moment(new Date(alert.expires)),
  when: alert.send_at ? 'later' : 'now',
  send_at: moment(alert.send_at ? new Date(alert.send_at) : null),
  sound: alert.sound_at ? 'later' : 'atOnce',
  sound_at: moment(alert.sound_at ? new Date(alert.sound_at) : null),
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
    ...(soundsLater(fields) ? timeErrors('sound_at', fields.sound_at) : []),
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
  exercise: fields.exercise,
  sound_at: soundsLater(fields) ? toApi(instantOf(fields.sound_at)) : null,
});
