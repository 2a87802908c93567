// The tiles to begin with: templates whose texts, times and names follow from typed facts.

import { html } from '../../vendor/lit-html.js';
import { office } from '../api/templates.js';
import { factRules, fields, word, words } from '../api/vocabulary.js';
import { language, t } from '../i18n/index.js';
import { hazardField, withHazard } from './hazard.js';

/** @typedef {import('../api/templates.js').Template} Template */

const NONE = { templates: [], telephone: null };

/** None when they are not to be had, or the API does not say how facts are said: an alert can be written without. */
export const loadOffice = () => office().then((found) => (factRules() ? found : NONE), () => NONE);

export const loadTemplates = () => loadOffice().then(({ templates }) => templates);

export const nameOf = ({ name }) => name[language()] ?? Object.values(name)[0];

const hazardOf = ({ values }) => values[hazardField()?.name ?? ''] ?? '';

const colourOf = (template) => word('severities', template.values.severity ?? word('hazards', hazardOf(template)).severity).colour ?? 'grey';

const noWords = () => Object.fromEntries(fields().flatMap(({ name, type }) => (type === 'word' ? [[name, '']] : [])));

/** What the form's values become: those that the template names, and what its kind of hazard proposes. @param {Template} template */
export const valuesFrom = (template, values) => ({ ...withHazard({ ...values, ...noWords() }, hazardOf(template)), ...template.values });

/** Of the municipality's languages those that the template speaks. @param {Template} template @returns {string[]} */
export const languagesOf = (template) =>
  words('languages')
    .map(({ value }) => value)
    .filter((code) => template.texts[code] && factRules().languages[code]);

/** @param {Template[]} templates @param {(template: Template) => void} use @param {Template | null} used */
export const templateTiles = (templates, use, used) => html`<p class="govuk-hint">${t('compose.templates.hint')}</p>
  <ul class="tiles" aria-label=${t('compose.templates')}>
    ${templates.map(
      (template) => html`<li>
        <button
          type="button"
          class="tile tile--${colourOf(template)}"
          aria-pressed=${String(template.id === used?.id)}
          @click=${() => use(template)}
        >
          ${nameOf(template)}
        </button>
      </li>`,
    )}
  </ul>`;
