// Roles and scopes in plain words: "Autor: tylko Awaria; najwyżej Umiarkowane".

import { html } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { words } from '../api/vocabulary.js';

const labelOf = (kind, value) => words(kind).find((one) => one.value === value)?.label ?? value;

export const roleName = (role) => labelOf('roles', role);

/** @param {any} scope @param {{areas: Record<string, string>, templates: Record<string, string>}} names by id @returns {string} */
export function scopeWords(scope, names) {
  const listed = (values, label) => values.map(label).join(', ') || t('rights.scope.none');
  const parts = [];
  if (scope.categories) parts.push(t('rights.scope.categories', { list: listed(scope.categories, (one) => labelOf('categories', one)) }));
  if (scope.severity) parts.push(t('rights.scope.severity', { most: labelOf('severities', scope.severity) }));
  if (scope.areas) parts.push(t('rights.scope.areas', { list: listed(scope.areas, (id) => names.areas[id] ?? id) }));
  if (scope.templates) parts.push(t('rights.scope.templates', { list: listed(scope.templates, (id) => names.templates[id] ?? id) }));
  if (scope.alone) parts.push(t('rights.scope.alone'));
  return parts.join('; ');
}

/** @param {{roles: string[], scopes: Record<string, any>}} rights @param {any} names @returns {string[]} a line for each role */
export const rightsWords = ({ roles, scopes }, names) =>
  roles.map((role) => (scopes[role] ? `${roleName(role)}: ${scopeWords(scopes[role], names)}` : roleName(role)));

/** One of many alike: whom it is about is said to who does not see it. @param {string} label @param {string} name @param {() => unknown} click @param {string} kind */
export const namedButton = (label, name, click, kind = 'govuk-button--secondary') =>
  html`<button type="button" class="govuk-button ${kind}" @click=${click}>${label}<span class="govuk-visually-hidden">: ${name}</span></button>`;
