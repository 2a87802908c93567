// Texts to begin with, as municipalities send them most (templates.json); what stands in braces must be filled in.

import { html } from '../../vendor/lit-html.js';
import { fields, word } from '../api/vocabulary.js';
import { language, t } from '../i18n/index.js';
import { hazardField, withHazard } from './hazard.js';
import { soonAfter } from './instants.js';

const ADDRESS = '/templates.json';

/**
 * `values`: of fields, by name, beside what the kind of hazard proposes; `hours`: until it usually ends.
 * @typedef {{name: Record<string, string>, hours: number, values: Record<string, string>,
 *   texts: Record<string, import('./content.js').Text>}} Template
 */

/** @returns {Promise<Template[]>} none when they are not to be had: an alert can be written without */
export const loadTemplates = () =>
  fetch(ADDRESS).then(
    (answer) => (answer.ok ? answer.json() : []),
    () => [],
  );

export const nameOf = ({ name }) => name[language()] ?? Object.values(name)[0];

const hazardOf = ({ values }) => values[hazardField()?.name ?? ''] ?? '';

const colourOf = (template) => word('severities', template.values.severity ?? word('hazards', hazardOf(template)).severity).colour ?? 'grey';

const noWords = () => Object.fromEntries(fields().flatMap(({ name, type }) => (type === 'word' ? [[name, '']] : [])));

/** What the form's fields become: those that the template names, and what its kind of hazard proposes. */
export function filled(template, { values, texts }) {
  const proposed = withHazard({ ...values, ...noWords() }, hazardOf(template));
  const written = Object.keys(template.texts).map((code) => [code, { ...emptied(texts[code]), ...template.texts[code] }]);
  return {
    values: { ...proposed, ...template.values, expires: soonAfter(template.hours) },
    texts: { ...texts, ...Object.fromEntries(written) },
  };
}

const emptied = (text = {}) => Object.fromEntries(Object.keys(text).map((name) => [name, '']));

/** @param {Template[]} templates @param {(template: Template) => void} use @param {Template | null} used */
export const templateTiles = (templates, use, used) => html`<p class="govuk-hint">${t('compose.templates.hint')}</p>
  <ul class="tiles" aria-label=${t('compose.templates')}>
    ${templates.map(
      (template) => html`<li>
        <button
          type="button"
          class="tile tile--${colourOf(template)}"
          aria-pressed=${String(template === used)}
          @click=${() => use(template)}
        >
          ${nameOf(template)}
        </button>
      </li>`,
    )}
  </ul>`;
