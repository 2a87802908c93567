// The words, fields and actions that the API knows, with their labels; this page names none of them.

import { language } from '../i18n/index.js';
import { request } from './request.js';

/**
 * @typedef {{value: string, label: string, help?: string | null, colour?: string, [more: string]: any}} Word
 * @typedef {{name: string, label: string, help: string | null, type: string, words: string | null, required: boolean,
 *   required_of: string[], longest: number | null, public: boolean, parts: Field[]}} Field
 * @typedef {{when: string, text: string}[]} TextsByMoment
 * @typedef {{value: string, label: string, style: string, form: boolean, if_match: boolean, may: boolean,
 *   question: {title: string, shows_reach: boolean, texts: TextsByMoment, asks?: string | null} | null, notices: TextsByMoment}} Action
 */

/** @type {any} */
let answer = {};

/** @param {string} [spoken] the language of the labels */
export async function learnVocabulary(spoken = language()) {
  answer = (await request('GET', '/vocabulary', { headers: { 'Accept-Language': spoken } })).body;
}

/** @param {string} kind "categories", "states" ... @returns {Word[]} in the order in which they are shown */
export const words = (kind) => answer[kind] ?? [];

/** How what people enter is taken (shared/entry_rules.json); null from an API of an earlier release. @returns {any} */
export const entryRules = () => answer.entry ?? null;

/** How facts are said (shared/fact_rules.json); null from an API of an earlier release. @returns {any} */
export const factRules = () => answer.facts ?? null;

/** How the last change of an alert is told, with `{time}`. @returns {string} */
export const changed = () => answer.unmoved ?? '{time}';

/** A word of a later release: "black_ice" is shown as "Black ice". */
export function plain(value = '') {
  const word = String(value);
  return word.charAt(0).toUpperCase() + word.slice(1).replaceAll('_', ' ');
}

/** What is known of a word; of an unknown one no more than how it is shown. @param {string} kind @returns {Word} */
export const word = (kind, value) => words(kind).find((one) => one.value === value) ?? { value, label: plain(value) };

/** The fields of a content. @returns {Field[]} */
export const fields = () => answer.fields ?? [];

const NO_FIELD = { help: null, words: null, required: false, required_of: [], longest: null, public: false, parts: [] };

/** @param {string} name @param {Field[]} among @returns {Field} */
export const fieldNamed = (name, among = fields()) =>
  among.find((field) => field.name === name) ?? { ...NO_FIELD, name, label: plain(name), type: '' };

/** The fields of a text in one language. */
export const textFields = () => fieldNamed('texts').parts;

/** The language in which every alert is written. @returns {string} */
export const firstLanguage = () => (words('languages').find(({ required }) => required) ?? words('languages')[0])?.value;

/** What an action of a later release is: asked about plainly, and done to the alert as it was seen. */
const unknownAction = (value) => ({
  value,
  label: plain(value),
  style: 'secondary',
  form: false,
  if_match: true,
  may: true,
  question: { title: plain(value), shows_reach: false, texts: [] },
  notices: [],
});

/** @param {string} value @returns {Action} */
export const action = (value) => answer.actions?.find((one) => one.value === value) ?? unknownAction(value);

/** Those of the alert's, in the order of their buttons; unknown ones come last. @returns {Action[]} */
export function actionsOf(alert) {
  const order = (answer.actions ?? []).map(({ value }) => value);
  const place = (value) => (order.includes(value) ? order.indexOf(value) : order.length);
  return [...alert.actions].sort((one, other) => place(one) - place(other)).map(action);
}

/** The moment to send lies behind us, and sending has not begun. */
export const isLate = ({ send_at: at, started }) => !started && Date.parse(at) < Date.now();

const TRUE_OF = {
  always: () => true,
  at_once: (alert) => !alert.send_at,
  scheduled: (alert) => Boolean(alert.send_at) && !isLate(alert),
  late: (alert) => Boolean(alert.send_at) && isLate(alert),
  started: (alert) => Boolean(alert.started),
  not_started: (alert) => !alert.started,
};

/** @param {TextsByMoment} texts @returns {string[]} those that are true of the alert */
export const textsFor = (texts, alert) => texts.filter(({ when }) => TRUE_OF[when]?.(alert)).map(({ text }) => text);
