// /account: one's own password and recovery codes, changed after proving anew who one is.

import { html, nothing } from '../../vendor/lit-html.js';
import * as api from '../api/enrolment.js';
import { Problem } from '../api/request.js';
import { codeSheet } from '../enrol/codes.js';
import { t } from '../i18n/index.js';
import { proveAnew } from '../session/apart.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { field, submitButton } from '../shell/fields.js';
import { view } from '../shell/view.js';
import { OwnFactors } from './own_factors.js';

const CODE = { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 7, short: true };

/** @param {HTMLElement} root @param {any} session */
export async function openAccount(root, session) {
  const page = new AccountPage(root, session, await api.account());
  await page.own.load();
  page.view.drawNow();
  return () => page.view.close();
}

class AccountPage {
  /** @type {any} */
  failure = null;
  busy = false;
  /** @type {string[]} */
  codes = [];
  kept = false;
  /** @type {Record<string, string>} */
  errors = {};

  constructor(root, session, account) {
    this.session = session;
    this.account = account;
    this.own = new OwnFactors(() => this.view.drawNow());
    this.view = view(root, () => this.template());
  }

  become(change, focus) {
    Object.assign(this, { busy: false, failure: null, errors: {}, ...change });
    this.view.drawNow();
    if (focus) focusOn(focus);
  }

  /** With the token of a fresh sign-in, and the new password. @param {(token: string, password: string) => Promise<unknown>} work */
  proven = (work) => async (event) => {
    event.preventDefault();
    if (this.busy) return;
    const [current, code, password] = ['current', 'code', 'password'].map((name) => event.target.elements[name].value);
    this.become({ busy: true }); // drawn anew, the fields are empty
    try {
      const { error, token } = await proveAnew(this.session.auth.currentUser.email, current, code.replace(/\s/g, ''));
      if (error) this.become({ errors: { form: t(error) } }, 'failure');
      else await work(/** @type {string} */ (token), password);
    } catch (error) {
      this.become({ failure: error }, 'failure');
    }
  };

  changePassword = this.proven(async (token, password) => {
    try {
      await api.changePassword(password, token);
    } catch (error) {
      const wrong = error instanceof Problem ? error.errors.find(({ pointer }) => pointer === '/password') : null;
      if (!wrong) throw error;
      return this.become({ errors: { password: wrong.detail } }, 'password');
    }
    return this.session.expire();
  });

  newCodes = this.proven(async (token) => this.become({ codes: await api.newCodes(token) }, 'recovery-codes'));

  proof() {
    return html`${field({ id: 'current', label: t('account.current'), input: { type: 'password', autocomplete: 'current-password' } })}
    ${field({ id: 'code', label: t('signIn.code'), hint: t('account.code.hint'), input: CODE })}`;
  }

  template() {
    return html`<div class="sign-in">
      ${this.failure ? failurePanel(this.failure) : nothing} ${this.errors.form ? problem(this.errors.form) : nothing}
      <h1 class="govuk-heading-l" tabindex="-1">${t('account.title')}</h1>
      ${this.codes.length ? this.shownCodes() : html`${this.forms()} ${this.own.template()}`}
    </div>`;
  }

  shownCodes() {
    const done = () => this.become({ codes: [], account: { ...this.account, recovery_codes: this.codes.length } });
    return html`<h2 class="govuk-heading-m">${t('account.codes')}</h2>
      ${codeSheet(this.codes, this.kept, (on) => (on ? done() : this.become({ kept: on })))}`;
  }

  forms() {
    const hint = t('join.password.hint', { least: String(this.account.least_password) });
    return html`<form novalidate @submit=${this.onSubmit}>
      <h2 class="govuk-heading-m">${t('account.proof')}</h2>
      ${this.proof()}
      <h2 class="govuk-heading-m">${t('account.password')}</h2>
      <p class="govuk-body">${t('account.password.ends')}</p>
      ${field({ id: 'password', label: t('account.new'), hint, error: this.errors.password, input: { type: 'password', autocomplete: 'new-password' } })}
      ${submitButton(t('account.change'), this.busy)}
      <h2 class="govuk-heading-m">${t('account.codes')}</h2>
      <p class="govuk-body">${t('account.codes.left', { count: String(this.account.recovery_codes) })}</p>
      <button type="submit" name="what" value="codes" class="govuk-button govuk-button--secondary">${t('account.codes.new')}</button>
    </form>`;
  }

  onSubmit = (event) => (event.submitter?.value === 'codes' ? this.newCodes(event) : this.changePassword(event));
}

const problem = (message) => html`<div class="govuk-error-summary" id="failure" tabindex="-1" role="alert">
  <div class="govuk-error-summary__body"><p>${message}</p></div>
</div>`;
