// The sign-in page: two short steps, each with one question.

import { html, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { field, submitButton } from '../shell/fields.js';
import { focusOn } from '../shell/failure.js';
import { view } from '../shell/view.js';
import { checkCode, checkPassword } from './credentials.js';

const passwordStep = (state, submit) => html`
  <form novalidate @submit=${submit}>
    ${field({
      id: 'email',
      label: t('signIn.email'),
      error: state.errors.email,
      input: { type: 'email', autocomplete: 'username', value: state.email },
    })}
    ${field({
      id: 'password',
      label: t('signIn.password'),
      error: state.errors.password,
      input: { type: 'password', autocomplete: 'current-password', value: state.password },
    })}
    ${submitButton(t('signIn.next'), state.busy)}
  </form>
`;

const codeStep = (state, submit, restart) => html`
  <form novalidate @submit=${submit}>
    ${field({
      id: 'code',
      label: t('signIn.code'),
      hint: t('signIn.code.hint'),
      error: state.errors.code,
      input: { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 7, short: true, value: state.code },
    })}
    ${submitButton(t('signIn.submit'), state.busy)}
    <button type="button" class="govuk-button govuk-button--secondary" @click=${restart}>${t('signIn.restart')}</button>
  </form>
`;

const alertBox = (message) =>
  html`<div class="govuk-error-summary" id="failure" tabindex="-1" role="alert">
    <h2 class="govuk-error-summary__title">${t('signIn.failed')}</h2>
    <div class="govuk-error-summary__body"><p>${message}</p></div>
  </div>`;

/**
 * @param {HTMLElement} root
 * @param {{auth: any}} session
 * @param {{notice?: string, failure?: string | null}} options words' keys to show above the form
 */
export function openSignIn(root, { auth }, { notice, failure = null } = {}) {
  const state = { email: '', password: '', code: '', resolver: null, busy: false, failure, errors: {} };

  const fail = (key, id) => {
    Object.assign(state, { busy: false, failure: id ? null : key, errors: id ? { [id]: t(key) } : {} });
    page.drawNow();
    focusOn(id ?? 'failure');
  };

  const start = () => {
    Object.assign(state, { busy: true, failure: null, errors: {} });
    page.drawNow();
  };

  const submitPassword = async (event) => {
    event.preventDefault();
    if (state.busy) return;
    const { email, password } = event.target.elements;
    Object.assign(state, { email: email.value.trim(), password: password.value });
    if (!state.email) return fail('signIn.error.emailMissing', 'email');
    if (!state.password) return fail('signIn.error.passwordMissing', 'password');
    start();
    const outcome = await checkPassword(auth, state.email, state.password);
    if (outcome.error) return fail(outcome.error);
    Object.assign(state, { resolver: outcome.resolver, busy: false, password: '', code: '' });
    page.drawNow();
    focusOn('code');
  };

  const submitCode = async (event) => {
    event.preventDefault();
    if (state.busy) return;
    state.code = event.target.elements.code.value.replace(/\s/g, '');
    if (!/^\d{6}$/.test(state.code)) return fail('signIn.error.codeShape', 'code');
    start();
    const outcome = await checkCode(state.resolver, state.code);
    if (!outcome.error) return;
    if (outcome.restart) state.resolver = null;
    fail(outcome.error, outcome.restart ? undefined : 'code');
  };

  const restart = () => {
    Object.assign(state, { resolver: null, failure: null, errors: {} });
    page.drawNow();
    focusOn('email');
  };

  const page = view(
    root,
    () => html`<div class="sign-in">
      ${state.failure ? alertBox(t(state.failure)) : nothing}
      ${notice && !state.failure ? html`<p class="govuk-inset-text">${t(notice)}</p>` : nothing}
      <h1 class="govuk-heading-l" tabindex="-1">${t(state.resolver ? 'signIn.codeTitle' : 'signIn.title')}</h1>
      ${state.resolver ? codeStep(state, submitCode, restart) : passwordStep(state, submitPassword)}
    </div>`,
  );
  page.drawNow();
  if (failure) focusOn('failure');
  return page.close;
}
