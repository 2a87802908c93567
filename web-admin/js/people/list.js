// Everybody who may do something: their roles with scopes, and what another admin can do about them.

import { html, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { field, submitButton } from '../shell/fields.js';
import { rightsFields } from './rights_form.js';
import { namedButton, rightsWords } from './words.js';

const GUEST = { roles: [], scopes: {} };

/** @typedef {import('./page.js').PeoplePage} Page */
/** @typedef {import('../api/people.js').Person} Person */

const isInvited = ({ active, state }) => !active && state === 'invited';

/** @param {Person} person */
const marks = (person) => [
  ...(person.me ? [t('rights.me')] : []),
  ...(person.own ? [] : [t('rights.guest')]),
  ...(person.kind === 'person' ? [] : [t('rights.sealed')]),
  ...(isInvited(person) ? [t('rights.invited')] : []),
  ...(person.active || isInvited(person) ? [] : [t('rights.inactive')]),
];

/** @param {Page} page @param {Person} person */
function held(page, person) {
  const lines = rightsWords(person, page.names);
  if (!lines.length) return html`<p class="govuk-body">${t('rights.noRole')}</p>`;
  return html`<ul class="govuk-list govuk-list--bullet">
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`;
}

/** @param {Page} page @param {Person} person */
const form = (page, person) => html`<form
  novalidate
  id="rights-${person.uid}"
  tabindex="-1"
  aria-label=${t('rights.rightsOf', { name: person.name })}
  @submit=${page.save(person)}
>
  ${rightsFields(person, page, person.uid)}
  <p class="govuk-hint">${t('rights.byTwo')}</p>
  <div class="button-row">
    ${submitButton(t('rights.save'), page.busy)}
    <button type="button" class="govuk-button govuk-button--secondary" @click=${() => page.edit(null)}>${t('rights.cancel')}</button>
  </div>
</form>`;

/** Nobody changes their own rights; an account on paper is the operator's. @param {Page} page @param {Person} person */
function steps(page, person) {
  if (person.me || person.kind !== 'person' || !(person.active || isInvited(person))) return nothing;
  return html`<div class="button-row">
    ${namedButton(t('rights.change'), person.name, () => page.edit(person.uid))}
    ${person.own && person.active ? namedButton(t('people.lost'), person.name, () => page.lostPhone(person)) : nothing}
    ${person.own ? namedButton(t('people.disable'), person.name, () => page.disable(person), 'govuk-button--warning') : nothing}
  </div>`;
}

/** @param {Page} page @param {Person} person */
const row = (page, person) => html`<li class="person" data-person=${person.uid}>
  <h3 class="govuk-heading-s person__name">${person.name}</h3>
  <p class="person__about">
    ${person.email ?? nothing} ${marks(person).map((mark) => html`<span class="person__mark">${mark}</span>`)}
  </p>
  ${page.editing === person.uid ? form(page, person) : html`${held(page, person)} ${steps(page, person)}`}
</li>`;

/** @param {Page} page */
const guest = (page) => html`<details class="govuk-details">
  <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t('rights.admit')}</span></summary>
  <form class="govuk-details__text" novalidate @submit=${page.admit}>
    ${field({ id: 'guest-email', label: t('rights.email'), hint: t('rights.email.hint'), input: { type: 'email', ...page.input('guest-email') } })}
    ${rightsFields(GUEST, page, 'guest')} ${submitButton(t('rights.admit.do'), page.busy)}
  </form>
</details>`;

/** @param {Page} page */
export const peoplePart = (page) => html`<h2 class="govuk-heading-m" id="people-list" tabindex="-1">${t('people.list')}</h2>
  <ul class="people">
    ${page.people.items.map((person) => row(page, person))}
  </ul>
  ${guest(page)}`;
