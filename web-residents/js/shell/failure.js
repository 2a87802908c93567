// What is shown in place of a view: it could not be opened, or there is none.

import { html } from '../../vendor/lit-html.js';
import { words } from '../i18n/words.js';
import { linked } from './linked.js';

/** @param {() => void} again @returns a view */
export const failure = (again) => ({
  title: () => words('failure.title'),
  template: () => html`
    <h1 class="govuk-heading-l" tabindex="-1">${words('failure.title')}</h1>
    <p class="govuk-body">${words(navigator.onLine ? 'failure.online' : 'failure.offline')}</p>
    <p class="govuk-body">${linked(words('failure.danger'))}</p>
    <button type="button" class="govuk-button" @click=${again}>${words('failure.again')}</button>
  `,
});

export const missing = () => ({
  title: () => words('missing.title'),
  template: () => html`
    <h1 class="govuk-heading-l" tabindex="-1">${words('missing.title')}</h1>
    <p class="govuk-body">${words('missing.body')}</p>
    <p class="govuk-body"><a class="govuk-link" href="/">${words('failure.home')}</a></p>
  `,
});
