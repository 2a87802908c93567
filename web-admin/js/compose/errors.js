// Which field a server's error belongs to, and the summary that leads there.

import { html } from '../../vendor/lit-html.js';
import { fieldNamed, firstLanguage, textFields } from '../api/vocabulary.js';
import { language as spoken, t } from '../i18n/index.js';

/** @param {string} pointer JSON pointer into Content; @returns {string | null} the field's id */
export function fieldOf(pointer) {
  const [name, language, part] = pointer.replace(/^\/content/, '').split('/').slice(1);
  if (name === 'recurrence') return 'send_at';
  if (name === 'area_change') return name; // beside the content
  if (name === 'texts') return textId(language, part);
  if (name === 'parts') return 'area';
  return fieldNamed(name).type ? name : null;
}

/** A text that is wrong as a whole is mended from its first field on. */
function textId(language = firstLanguage(), part = '') {
  const known = textFields().map((one) => one.name);
  return `${language}-${known.includes(part) ? part : known[0]}`;
}

/** @returns {{field: string, message: string}[]} a Problem's errors at the fields of the form */
export const fromProblem = (problem) =>
  problem.errors.map(({ pointer, detail, code }) => ({ field: fieldOf(pointer) ?? 'failure', message: detail || code }));

/** @param {{field: string, key: string, parameters?: object}[]} found */
export const fromMissing = (found) => found.map(({ field, key, parameters }) => ({ field, message: t(key, parameters) }));

/** Facts that a template cannot do without. @param {import('./told_facts.js').ToldFacts} told */
export const factFaults = ({ template, missing }) =>
  missing.map((name) => ({ field: `fact-${name}`, message: t('error.missing', { label: labelOfFact(template?.facts.find((fact) => fact.name === name)) }) }));

const labelOfFact = (fact) => fact?.label[spoken()] ?? Object.values(fact?.label ?? {})[0] ?? '';

/** @param {string[]} fields whose kept value could not be read */
export const fromLost = (fields) => fields.map((field) => ({ field, message: t('error.lost') }));

/** @param {string[]} fields with a time that was begun */
export const fromUnfinished = (fields) =>
  fields.map((field) => ({ field, message: t('error.unfinishedTime', { label: fieldNamed(field).label }) }));

/** @param {{field: string, message: string}[]} errors */
export const messageAt = (errors, field) => errors.find((error) => error.field === field)?.message;

export const errorSummary = (errors) => html`<div class="govuk-error-summary" id="failure" tabindex="-1" role="alert">
  <h2 class="govuk-error-summary__title">${t('error.summary')}</h2>
  <div class="govuk-error-summary__body">
    <ul class="govuk-list govuk-error-summary__list">
      ${errors.map(({ field, message }) => html`<li><a href="#${field}">${message}</a></li>`)}
    </ul>
  </div>
</div>`;
