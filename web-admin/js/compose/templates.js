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

const FIRST = 8; // of the built-in ones, what offices send most (shared/templates/usual.json)

const tiles = (templates, use, used) => html`<ul class="tiles" aria-label=${t('compose.templates')}>
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

/** What is sent most and what is the municipality's own; the rest, by name, one tap away. @param {Template[]} templates @param {(template: Template) => void} use @param {Template | null} used */
export function templateTiles(templates, use, used) {
  const others = templates.filter((one, index) => index >= FIRST && one.built_in && !one.changed);
  const named = others.toSorted((one, other) => nameOf(one).localeCompare(nameOf(other), language()));
  return html`<p class="govuk-hint">${t('compose.templates.hint')}</p>
    ${tiles(templates.filter((one) => !others.includes(one)), use, used)}
    ${others.length
      ? html`<details class="govuk-details" id="fold-templates" ?open=${others.some(({ id }) => id === used?.id)}>
          <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t('compose.templates.more', { count: others.length })}</span></summary>
          ${tiles(named, use, used)}
        </details>`
      : ''}`;
}
