// Words for a failed call, and the panel that shows them.

import { html, nothing } from '../../vendor/lit-html.js';
import { Garbled, Problem, Unreachable } from '../api/request.js';
import { t } from '../i18n/index.js';

/**
 * @param {unknown} error
 * @returns {{title: string, detail: string}}
 */
export function wordsFor(error) {
  if (error instanceof Problem) {
    return { title: error.title || t('failure.server'), detail: error.detail || t('failure.code', { code: String(error.status) }) };
  }
  if (error instanceof Garbled) return { title: t('failure.garbled'), detail: t('failure.garbled.detail') };
  if (!(error instanceof Unreachable) && navigator.onLine) return { title: t('failure.page'), detail: t('failure.page.detail') };
  return navigator.onLine
    ? { title: t('failure.unreachable'), detail: t('failure.unreachable.detail') }
    : { title: t('failure.offline'), detail: t('failure.offline.detail') };
}

let signIn = () => {};

/** @param {() => void} leads what takes a person whose session is over back to signing in */
export function offerSignIn(leads) {
  signIn = leads;
}

const reasons = (error) =>
  error instanceof Problem && error.errors.length
    ? html`<ul class="govuk-list govuk-list--bullet">
        ${error.errors.map(({ detail, code }) => html`<li>${detail || code}</li>`)}
      </ul>`
    : nothing;

/** A session that is over has a way out: what was typed is kept. */
const wayOut = (error) =>
  error instanceof Problem && error.status === 401
    ? html`<p><button type="button" class="govuk-button" id="sign-in-again" @click=${() => signIn()}>${t('failure.signIn')}</button></p>`
    : nothing;

/** A panel that takes the focus when it is asked to by `focusOn`. @param {unknown} error @param {unknown} actions */
export function failurePanel(error, actions = nothing) {
  const { title, detail } = wordsFor(error);
  return html`<div class="govuk-error-summary" id="failure" tabindex="-1" role="alert">
    <h2 class="govuk-error-summary__title">${title}</h2>
    <div class="govuk-error-summary__body">
      <p>${detail}</p>
      ${reasons(error)} ${wayOut(error)} ${actions}
    </div>
  </div>`;
}

/** Moves the focus to an element drawn a moment ago. */
export function focusOn(id) {
  const element = document.getElementById(id);
  element?.focus();
  element?.scrollIntoView({ block: 'nearest' });
}
