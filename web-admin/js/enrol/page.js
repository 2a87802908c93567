// /join#code: a password, an authenticator app, codes to put away; then the account is ready.

import { html, nothing } from '../../vendor/lit-html.js';
import * as api from '../api/enrolment.js';
import { Problem } from '../api/request.js';
import { t } from '../i18n/index.js';
import { startAuthenticator } from '../session/apart.js';
import { wordsOfCode } from '../session/credentials.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { field, submitButton } from '../shell/fields.js';
import { rename } from '../shell/router.js';
import { view } from '../shell/view.js';
import { codeSheet } from './codes.js';
import { secretPicture } from './qr.js';

const STEPS = ['password', 'phone', 'codes'];

/** @param {HTMLElement} root */
export async function openJoin(root) {
  const page = new JoinPage(root, location.hash.slice(1));
  await page.begin();
  return () => page.view.close();
}

class JoinPage {
  /** @type {any} */
  invitation = null;
  /** @type {any} */
  authenticator = null;
  /** @type {any} */
  failure = null;
  step = 'opening';
  token = '';
  /** @type {string[]} */
  codes = [];
  kept = false;
  busy = false;
  /** @type {Record<string, string>} */
  errors = {};

  constructor(root, code) {
    this.code = code;
    this.view = view(root, () => this.template());
  }

  async begin() {
    try {
      this.invitation = await api.openInvitation(this.code);
      this.become({ step: 'password' }, 'password');
    } catch (error) {
      this.become({ step: 'closed', failure: error }, 'failure');
    }
  }

  become(change, focus) {
    Object.assign(this, { busy: false, failure: null, errors: {}, ...change });
    this.view.drawNow();
    if (focus) focusOn(focus);
  }

  /** @param {() => Promise<void>} work */
  async attempt(event, work) {
    event.preventDefault();
    if (this.busy) return;
    this.become({ busy: true });
    try {
      await work();
    } catch (error) {
      this.refused(error);
    }
  }

  refused(error) {
    const wrong = error instanceof Problem ? error.errors.find(({ pointer }) => pointer === '/password') : null;
    if (wrong) return this.become({ errors: { password: wrong.detail } }, 'password');
    const key = wordsOfCode(error);
    return key ? this.become({ errors: { code: t(key) } }, 'code') : this.become({ failure: error }, 'failure');
  }

  choosePassword = (event) => {
    const [password, again] = ['password', 'again'].map((name) => event.target.elements[name].value); // drawn anew they are empty
    return this.attempt(event, async () => {
      if (password !== again) return this.become({ errors: { again: t('join.again.differs') } }, 'again');
      await api.choosePassword(this.code, password);
      this.authenticator = await startAuthenticator(this.invitation.email, password);
      return this.become({ step: 'phone' }, 'code');
    });
  };

  confirmPhone = (event) => {
    const code = event.target.elements.code.value.replace(/\s/g, '');
    return this.attempt(event, async () => {
      if (!/^\d{6}$/.test(code)) return this.become({ errors: { code: t('signIn.error.codeShape') } }, 'code');
      this.token ||= await this.authenticator.confirm(code);
      this.codes = await api.makeCodes(this.code, this.token);
      return this.become({ step: 'codes' }, 'heading');
    });
  };

  finish = (event) =>
    this.attempt(event, async () => {
      if (!this.kept) return this.become({ errors: { kept: t('codes.keepFirst') } }, 'kept');
      await api.finish(this.code, this.token);
      rename('/join');
      return this.become({ step: 'done', codes: [] }, 'heading');
    });

  passwordForm() {
    const hint = t('join.password.hint', { least: String(this.invitation.least_password) });
    return html`<p class="govuk-body">${t(this.invitation.renewal ? 'join.renewal' : 'join.welcome', this.invitation)}</p>
      <form novalidate @submit=${this.choosePassword}>
        <input type="hidden" name="username" autocomplete="username" .value=${this.invitation.email} />
        ${field({ id: 'password', label: t('join.password'), hint, error: this.errors.password, input: { type: 'password', autocomplete: 'new-password' } })}
        ${field({ id: 'again', label: t('join.again'), error: this.errors.again, input: { type: 'password', autocomplete: 'new-password' } })}
        ${submitButton(t('signIn.next'), this.busy)}
      </form>`;
  }

  phoneForm() {
    const { key, address } = this.authenticator;
    return html`<p class="govuk-body">${t('join.phone.scan')}</p>
      ${secretPicture(address, t('join.phone.picture'))}
      <p class="govuk-body">${t('join.phone.type')} <code id="secret">${key.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>
      <form novalidate @submit=${this.confirmPhone}>
        ${field({
          id: 'code',
          label: t('signIn.code'),
          hint: t('join.phone.code'),
          error: this.errors.code,
          input: { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 7, short: true },
        })}
        ${submitButton(t('signIn.next'), this.busy)}
      </form>`;
  }

  codesForm() {
    const keep = (on) => this.become({ kept: on });
    return html`<form novalidate @submit=${this.finish}>
      ${codeSheet(this.codes, this.kept, keep)}
      ${this.errors.kept ? html`<p class="govuk-error-message" role="alert">${this.errors.kept}</p>` : nothing}
      ${submitButton(t('join.finish'), this.busy)}
    </form>`;
  }

  body() {
    if (this.step === 'password') return this.passwordForm();
    if (this.step === 'phone') return this.phoneForm();
    if (this.step === 'codes') return this.codesForm();
    if (this.step === 'done') {
      return html`<p class="govuk-body">${t('join.done.body')}</p>
        <p><a class="govuk-button" href="/alerts">${t('signIn.title')}</a></p>`;
    }
    return nothing;
  }

  template() {
    const turn = STEPS.indexOf(this.step);
    return html`<div class="sign-in">
      ${this.failure ? failurePanel(this.failure) : nothing}
      ${turn < 0 ? nothing : html`<p class="govuk-caption-l">${t('join.step', { step: String(turn + 1), of: String(STEPS.length) })}</p>`}
      <h1 class="govuk-heading-l" id="heading" tabindex="-1">${t(`join.title.${this.step}`)}</h1>
      ${this.body()}
    </div>`;
  }
}
