// The form of somebody's roles and of the scopes that some of them can have.

import { html, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { words } from '../api/vocabulary.js';
import { field } from '../shell/fields.js';
import { roleName } from './words.js';

/** Those that can be had for a part. */
const scopedRoles = () => words('roles').filter(({ scoped }) => scoped);

/** `form`: begins the ids, since the page can have two. */
const box = (form, name, value, label, checked) => html`<div class="govuk-checkboxes__item">
  <input class="govuk-checkboxes__input" type="checkbox" id="${form}-${name}-${value}" name=${name} value=${value} ?checked=${checked} />
  <label class="govuk-label govuk-checkboxes__label" for="${form}-${name}-${value}">${label}</label>
</div>`;

const boxes = (form, legend, name, choices, chosen) => html`<fieldset class="govuk-fieldset govuk-form-group">
  <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${legend}</legend>
  <div class="govuk-checkboxes govuk-checkboxes--small">
    ${choices.map(([value, label]) => box(form, name, value, label, chosen.includes(value)))}
  </div>
</fieldset>`;

const most = (form, role, chosen) => html`<div class="govuk-form-group">
  <label class="govuk-label govuk-label--s" for="${form}-severity-${role}">${t('rights.most')}</label>
  <select class="govuk-select" id="${form}-severity-${role}" name="severity-${role}">
    <option value="">${t('rights.noLimit')}</option>
    ${words('severities').map(({ value, label }) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`)}
  </select>
</div>`;

/** While the office has no saved area, how it gets one. */
const areas = (form, role, names, chosen) =>
  Object.keys(names).length
    ? boxes(form, t('rights.areas'), `areas-${role}`, Object.entries(names), chosen)
    : html`<p class="govuk-hint">${t('rights.areas.none')}</p>`;

/**
 * @param {string} form
 * @param {import('../api/vocabulary.js').Word} role
 * @param {any} scope
 * @param {any} names
 */
const scopeFields = (form, { value: role, sends_alone: sendsAlone }, scope, names) => html`<details class="govuk-details" ?open=${Boolean(scope)}>
  <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t('rights.scopeOf', { role: roleName(role) })}</span></summary>
  <div class="govuk-details__text">
    <p class="govuk-hint">${t('rights.scope.hint')}</p>
    ${boxes(
      form,
      t('rights.categories'),
      `categories-${role}`,
      words('categories').map(({ value, label }) => [value, label]),
      scope?.categories ?? [],
    )}
    ${most(form, role, scope?.severity)}
    ${areas(form, role, names.areas, scope?.areas ?? [])}
    ${boxes(form, t('rights.templates'), `templates-${role}`, Object.entries(names.templates), scope?.templates ?? [])}
    ${sendsAlone
      ? html`<div class="govuk-checkboxes govuk-checkboxes--small">${box(form, `alone-${role}`, 'yes', t('rights.alone'), Boolean(scope?.alone))}</div>`
      : nothing}
  </div>
</details>`;

/**
 * @param {any} person @param {import('./page.js').PeoplePage} page @param {string} form whose it is, for its ids
 */
export const rightsFields = (person, { names, input }, form) => html`
  ${boxes(
    form,
    t('rights.roles'),
    'roles',
    words('roles').map(({ value, label }) => [value, label]),
    person.roles,
  )}
  ${scopedRoles().map((role) => scopeFields(form, role, person.scopes[role.value], names))}
  ${field({ id: `${form}-why`, label: t('rights.why'), input: input(`${form}-why`) })}
`;

/** What the form says. @param {HTMLFormElement} form @returns {import('../api/people.js').Rights} */
export function readRights(form) {
  const roles = marked(form, 'roles');
  const scoped = scopedRoles().filter(({ value }) => roles.includes(value));
  const scopes = Object.fromEntries(scoped.map(({ value }) => [value, scopeOf(form, value)]));
  const limited = Object.entries(scopes).filter(([, scope]) => Object.keys(scope).length);
  return { roles, scopes: Object.fromEntries(limited), why: /** @type {any} */ (form.querySelector('[name$="-why"]')).value.trim() };
}

const marked = (form, name) => [...form.querySelectorAll(`input[name="${name}"]:checked`)].map(({ value }) => value);

function scopeOf(form, role) {
  /** @type {Record<string, any>} */
  const scope = {};
  for (const name of ['categories', 'areas', 'templates']) {
    const chosen = marked(form, `${name}-${role}`);
    if (chosen.length) scope[name] = chosen;
  }
  const severity = form.elements[`severity-${role}`]?.value;
  if (severity) scope.severity = severity;
  if (marked(form, `alone-${role}`).length) scope.alone = true;
  return scope;
}
