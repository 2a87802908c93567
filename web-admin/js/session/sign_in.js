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
    <p class="govuk-body"><a class="govuk-link" href="/recover">${t('signIn.lostPhone')}</a></p>
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
export function openSignIn(root, session, options) {
  const page = new SignInPage(root, session, options);
  return () => page.view.close();
}

class SignInPage {
  /** @type {any} */
  auth;
  /** @type {boolean} */
  busy;
  /** @type {string} */
  email;
  /** @type {string} */
  password;
  /** @type {any} */
  resolver;
  /** @type {string | null} */
  failure;
  /** @type {string | null} */
  notice;
  /**
   * @param {HTMLElement} root @param {{auth: any}} session
   * @param {{notice?: string | null, failure?: string | null}} options
   */
  constructor(root, { auth }, { notice = null, failure = null } = {}) {
    Object.assign(this, { auth, notice, failure, errors: {}, busy: false });
    Object.assign(this, { email: '', password: '', code: '', resolver: null });
    this.view = view(root, () => this.template());
    this.view.drawNow();
    focusOn(failure ? 'failure' : 'email');
  }

  /** Draws the change and moves the focus there. */
  become(change, focus) {
    Object.assign(this, { busy: false, failure: null, errors: {}, ...change });
    this.view.drawNow();
    if (focus) focusOn(focus);
  }

  failAt(id, key) {
    this.become({ errors: { [id]: t(key) } }, id);
  }

  submitPassword = async (event) => {
    event.preventDefault();
    if (this.busy) return undefined;
    const { email, password } = event.target.elements;
    Object.assign(this, { email: email.value.trim(), password: password.value });
    if (!this.email) return this.failAt('email', 'signIn.error.emailMissing');
    if (!this.password) return this.failAt('password', 'signIn.error.passwordMissing');
    this.become({ busy: true });
    const { error, resolver } = await checkPassword(this.auth, this.email, this.password);
    if (error) return this.become({ failure: error }, 'failure');
    return this.become({ resolver, password: '', code: '' }, 'code');
  };

  /** When the code is right, the session shows the page that was asked for. */
  submitCode = async (event) => {
    event.preventDefault();
    if (this.busy) return undefined;
    this.code = event.target.elements.code.value.replace(/\s/g, '');
    if (!/^\d{6}$/.test(this.code)) return this.failAt('code', 'signIn.error.codeShape');
    this.become({ busy: true });
    const { error, restart } = await checkCode(this.resolver, this.code);
    if (restart) return this.become({ resolver: null, failure: error }, 'failure');
    return error ? this.failAt('code', error) : undefined;
  };

  restart = () => this.become({ resolver: null }, 'email');

  template() {
    return html`<div class="sign-in">
      ${this.failure ? alertBox(t(this.failure)) : nothing}
      ${this.notice && !this.failure ? html`<p class="govuk-inset-text">${t(this.notice)}</p>` : nothing}
      <h1 class="govuk-heading-l" tabindex="-1">${t(this.resolver ? 'signIn.codeTitle' : 'signIn.title')}</h1>
      ${this.resolver ? codeStep(this, this.submitCode, this.restart) : passwordStep(this, this.submitPassword)}
    </div>`;
  }
}
