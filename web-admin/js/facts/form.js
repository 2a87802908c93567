// A template's facts as a form, by their types: a time by a tap, a switch that asks for more, the rest typed.

import { html, nothing } from '../../vendor/lit-html.js';
import { language, t } from '../i18n/index.js';
import { checkbox, describedBy, field, group } from '../shell/fields.js';
import { isAsked } from './given.js';
import { chip, chips, timeField } from './time_field.js';

/**
 * `names`: what is shown of the area; `errors`: by the fact's name; `set` is given the facts that change.
 * @typedef {{template: any, facts: Record<string, any>, errors: Record<string, string>, set: (facts: Record<string, any>) => void,
 *   names?: unknown, prefix?: string}} FactsForm `prefix` of all ids
 */

/** @param {any} fact @returns {string} in the language of the page */
export const nameOfFact = ({ name, label }) => label[language()] ?? Object.values(label)[0] ?? name;

/** Where an error's link leads. @param {string} name @param {string} prefix */
export const factId = (name, prefix = '') => `${prefix}fact-${name}`;

/** The facts that the office need not type. @param {any} template @param {string | null} telephone its own */
export const prefilled = (template, telephone) =>
  Object.fromEntries(template.facts.filter(({ type }) => type === 'telephone' && telephone).map(({ name }) => [name, telephone]));

const numberOf = (text) => (/^\s*\d{1,7}(?:[.,]\d{1,3})?\s*$/.test(text) ? Number(text.trim().replace(',', '.')) : null);

const shownNumber = (value) => (typeof value === 'number' ? String(value).replace('.', ',') : '');

/** Proposals fill the field. */
const proposals = ({ fact, value, take, named }, of = (text) => text) =>
  fact.chips?.length ? chips(named, fact.chips.map((text) => chip(text, of(text) === value, () => take(of(text))))) : nothing;

const typed = (more = {}) => (asked) => {
  const { id, label, error, value, take } = asked;
  return html`${field({ id, label, error, after: proposals(asked), input: { value: value ?? '', oninput: (event) => take(event.target.value), ...more } })}`;
};

/** What was typed stays as it is while it is the same number: "1,50". */
function number(asked) {
  const { id, label, error, value, take } = asked;
  const control = html`<input
    class="govuk-input govuk-input--width-10 ${error ? 'govuk-input--error' : ''}"
    id=${id}
    inputmode="decimal"
    autocomplete="off"
    .value=${shownNumber(value)}
    aria-describedby=${describedBy(id, '', error)}
    aria-invalid=${error ? 'true' : nothing}
    @input=${(event) => take(numberOf(event.target.value))}
  />`;
  return group({ id, label, error }, control, proposals(asked, Number));
}

const day = ({ id, label, error, value, take }) =>
  field({ id, label, error, input: { type: 'date', short: true, value: value ?? '', oninput: (event) => take(event.target.value || null) } });

const BY_TYPE = {
  time: timeField,
  day,
  number,
  text: typed(),
  telephone: typed({ type: 'tel', inputmode: 'tel' }),
  switch: ({ id, named, value, take }) => checkbox({ id, label: named, checked: value === true, onchange: take }),
};

/** The area says them: they are shown here, and changed where the area is. */
const names = (form, fact) =>
  form.names === undefined ? nothing : html`<p class="fact-names"><strong>${nameOfFact(fact)}:</strong> ${form.names || t('fact.noPlace')}</p>`;

function one(form, fact) {
  if (fact.type === 'names') return names(form, fact);
  const named = nameOfFact(fact);
  const label = fact.required ? named : html`${named} <span class="optional">${t('compose.optional')}</span>`;
  const asked = { id: factId(fact.name, form.prefix), label, named, fact, error: form.errors[fact.name], value: form.facts[fact.name] ?? null };
  const drawn = BY_TYPE[fact.type]?.({ ...asked, take: (value) => form.set({ [fact.name]: value }) }) ?? nothing;
  return fact.needs ? html`<div class="facts__within">${drawn}</div>` : drawn;
}

/** @param {FactsForm} form */
export const factsForm = (form) => html`<div class="facts">
  ${form.template.facts.filter((fact) => isAsked(form.template, fact, form.facts)).map((fact) => one(form, fact))}
</div>`;
