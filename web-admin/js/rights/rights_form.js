// The form of somebody's roles and of the scopes that some of them can have.

import { html, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { words } from '../api/vocabulary.js';
import { roleName } from './words.js';

const SCOPED = ['author', 'approver', 'crisis'];

const box = (name, value, label, checked, changed = nothing) => html`<div class="govuk-checkboxes__item">
  <input
    class="govuk-checkboxes__input"
    type="checkbox"
    id="${name}-${value}"
    name=${name}
    value=${value}
    ?checked=${checked}
    @change=${changed}
  />
  <label class="govuk-label govuk-checkboxes__label" for="${name}-${value}">${label}</label>
</div>`;

const boxes = (legend, name, choices, chosen) => html`<fieldset class="govuk-fieldset">
  <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${legend}</legend>
  <div class="govuk-checkboxes govuk-checkboxes--small">
    ${choices.map(([value, label]) => box(name, value, label, chosen.includes(value)))}
  </div>
</fieldset>`;

const most = (role, chosen) => html`<label class="govuk-label govuk-label--s" for="severity-${role}">${t('rights.most')}</label>
  <select class="govuk-select" id="severity-${role}" name="severity-${role}">
    <option value="">${t('rights.noLimit')}</option>
    ${words('severities').map(({ value, label }) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`)}
  </select>`;

const scopeFields = (role, scope, names) => html`<details class="govuk-details" ?open=${Boolean(scope)}>
  <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t('rights.scopeOf', { role: roleName(role) })}</span></summary>
  <div class="govuk-details__text">
    <p class="govuk-hint">${t('rights.scope.hint')}</p>
    ${boxes(
      t('rights.categories'),
      `categories-${role}`,
      words('categories').map(({ value, label }) => [value, label]),
      scope?.categories ?? [],
    )}
    ${most(role, scope?.severity)} ${boxes(t('rights.areas'), `areas-${role}`, Object.entries(names.areas), scope?.areas ?? [])}
    ${boxes(t('rights.templates'), `templates-${role}`, Object.entries(names.templates), scope?.templates ?? [])}
    ${role === 'author'
      ? html`<div class="govuk-checkboxes govuk-checkboxes--small">${box(`alone-${role}`, 'yes', t('rights.alone'), Boolean(scope?.alone))}</div>`
      : nothing}
  </div>
</details>`;

/** @param {any} person @param {any} names */
export const rightsFields = (person, names) => html`
  ${boxes(
    t('rights.roles'),
    'roles',
    words('roles').map(({ value, label }) => [value, label]),
    person.roles,
  )}
  ${SCOPED.map((role) => scopeFields(role, person.scopes[role], names))}
`;

/** What the form says. @param {HTMLFormElement} form @returns {{roles: string[], scopes: Record<string, any>}} */
export function readRights(form) {
  const roles = marked(form, 'roles');
  const scopes = Object.fromEntries(SCOPED.filter((role) => roles.includes(role)).map((role) => [role, scopeOf(form, role)]));
  return { roles, scopes: Object.fromEntries(Object.entries(scopes).filter(([, scope]) => Object.keys(scope).length)) };
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
