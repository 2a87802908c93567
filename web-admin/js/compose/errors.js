// Which field a server's error belongs to, and the summary that leads there.

import { html } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';

/** @type {[RegExp, (found: RegExpExecArray) => string][]} */
const FIELDS = [
  [/^\/texts\/(pl|en)\/(title|body)/, (found) => `${found[1]}-${found[2]}`],
  [/^\/texts\/en/, () => 'en-title'],
  [/^\/texts/, () => 'pl-title'],
  [/^\/area_name/, () => 'area_name'],
  [/^\/area/, () => 'area'],
  [/^\/(category|severity|expires|send_at|exercise|sound_at)/, (found) => found[1]],
];

/** @param {string} pointer JSON pointer into Content; @returns {string | null} the field's id */
export function fieldOf(pointer) {
  for (const [pattern, name] of FIELDS) {
    const found = pattern.exec(pointer);
    if (found) return name(found);
  }
  return null;
}

/** @returns {{field: string, message: string}[]} a Problem's errors at the fields of the form */
export const fromProblem = (problem) =>
  problem.errors.map(({ pointer, detail, code }) => ({ field: fieldOf(pointer) ?? 'failure', message: detail || code }));

/** @param {{field: string, key: string, parameters?: object}[]} found */
export const fromMissing = (found) => found.map(({ field, key, parameters }) => ({ field, message: t(key, parameters) }));

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
