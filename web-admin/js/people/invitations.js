// Who was invited, what became of their mail; inviting, sending again, withdrawing.

import { html, nothing } from '../../vendor/lit-html.js';
import * as api from '../api/enrolment.js';
import { words } from '../api/vocabulary.js';
import { locale, t } from '../i18n/index.js';
import { checkbox, errorMessage, field, submitButton } from '../shell/fields.js';
import { formatTime } from '../time/warsaw.js';
import { namedButton } from './words.js';

/** @typedef {import('./page.js').PeoplePage} Page */

const OPEN = ['open', 'ended'];

/** @param {Page} page */
const roles = ({ errors, newcomer, choose }) => html`<fieldset
  class="govuk-fieldset govuk-form-group ${errors.roles ? 'govuk-form-group--error' : ''}"
  id="roles"
  tabindex="-1"
>
  <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${t('rights.roles')}</legend>
  <p class="govuk-hint">${t('invitations.roles.hint')}</p>
  ${errors.roles ? errorMessage('roles', errors.roles) : nothing}
  ${words('roles').map(({ value, label }) =>
    checkbox({ id: `role-${value}`, label, checked: newcomer.roles.includes(value), onchange: (on) => choose(value, on) }),
  )}
</fieldset>`;

/** @param {Page} page */
const form = (page) => html`<form novalidate @submit=${page.invite}>
  ${field({ id: 'name', label: t('invitations.name'), error: page.errors.name, input: { value: page.newcomer.name, oninput: page.typed } })}
  ${field({ id: 'email', label: t('signIn.email'), error: page.errors.email, input: { type: 'email', value: page.newcomer.email, oninput: page.typed } })}
  ${roles(page)} ${submitButton(t('invitations.send'), page.busy)}
</form>`;

/** @param {Page} page @param {api.Invitation} one */
function row(page, one) {
  const again = () => page.mail(() => api.sendInvitation(one.uid, one.revision));
  const withdraw = () => page.mail(() => api.withdrawInvitation(one.uid));
  const open = OPEN.includes(one.state);
  return html`<li class="person" data-invitation=${one.uid}>
    <h3 class="govuk-heading-s person__name">${one.name}</h3>
    <p class="person__about">${one.email}</p>
    <p class="govuk-body">
      ${t(`invitations.state.${one.state}`, { time: formatTime(one.ends, locale()) })} ${open ? t(`invitations.mail.${one.mail}`, one) : nothing}
    </p>
    ${open
      ? html`<div class="button-row">${namedButton(t('invitations.again'), one.name, again)} ${namedButton(t('invitations.withdraw'), one.name, withdraw)}</div>`
      : nothing}
  </li>`;
}

/** @param {Page} page */
export const invitationsPart = (page) => html`<h2 class="govuk-heading-m" id="invitations">${t('invitations.title')}</h2>
  <details class="govuk-details" ?open=${!page.invitations.length}>
    <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t('invitations.new')}</span></summary>
    <div class="govuk-details__text">${form(page)}</div>
  </details>
  ${page.invitations.length
    ? html`<ul class="people">
        ${page.invitations.map((one) => row(page, one))}
      </ul>`
    : nothing}`;
