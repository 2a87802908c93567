// What one admin granted and a second one has still to confirm.

import { html, nothing } from '../../vendor/lit-html.js';
import { locale, t } from '../i18n/index.js';
import { formatTime } from '../time/warsaw.js';
import { namedButton, rightsWords } from './words.js';

/** @param {import('./page.js').PeoplePage} page @param {import('../api/people.js').Grant} grant */
const waiting = (page, grant) => html`<li class="person person--waiting" data-grant=${grant.id}>
  <p class="govuk-body">
    <strong>${grant.name}</strong>: ${rightsWords(grant, page.names).join('; ')}.
    ${t('rights.askedBy', { name: grant.by.name, until: formatTime(grant.until, locale()) })}
  </p>
  ${grant.may_confirm ? nothing : html`<p class="govuk-hint">${t('rights.another')}</p>`}
  <div class="button-row">
    ${grant.may_confirm ? namedButton(t('people.confirm'), grant.name, () => page.decide(grant, 'confirm'), '') : nothing}
    ${grant.may_refuse ? namedButton(t('people.refuse'), grant.name, () => page.decide(grant, 'refuse')) : nothing}
  </div>
</li>`;

/** Nothing when nothing waits. @param {import('./page.js').PeoplePage} page */
export const grantsPart = (page) =>
  page.people.grants.length
    ? html`<h2 class="govuk-heading-m">${t('people.waiting')}</h2>
        <ul class="people" id="grants">
          ${page.people.grants.map((grant) => waiting(page, grant))}
        </ul>`
    : nothing;
