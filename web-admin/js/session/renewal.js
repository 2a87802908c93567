// Asks for a PIN, a key or a sign-in over the page, which stays as it is: nothing that was typed is lost.

import { html, nothing, render } from '../../vendor/lit-html.js';
import * as api from '../api/sessions.js';
import { Problem } from '../api/request.js';
import { t } from '../i18n/index.js';
import { focusOn, wordsFor } from '../shell/failure.js';
import { field, submitButton } from '../shell/fields.js';
import { rescueFocus } from '../shell/focus.js';
import { checkCode, checkPassword } from './credentials.js';
import { canUseKeys, showKey } from './keys.js';

const CODE = { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 7, short: true };
const PIN = { type: 'password', inputmode: 'numeric', autocomplete: 'off', maxlength: 12, short: true };
const NO_FACTORS = { keys: [], pin: null, fresh: false };

/**
 * One question at a time: requests that fail meanwhile wait for its answer. What the page reads by itself asks beside the page, so that
 * a stop stays in reach; what a person does asks over it.
 * @param {any} auth of Firebase, with its user
 * @returns {(code: string, wanted: boolean, done: boolean) => Promise<boolean>}
 */
export function renewals(auth) {
  /** @type {Promise<boolean> | null} */
  let asking = null;
  /** @type {Renewal | null} */
  let renewal = null;
  let over = false;
  let dismissed = false;
  /** What the account has; of a session that was ended nothing is told. */
  const askToRenew = async (code) => {
    const known = await api.factors().catch(() => NO_FACTORS);
    return new Promise((resolve) => {
      renewal = new Renewal(auth, code, known, resolve);
      renewal.open(over);
    });
  };
  return (code, wanted, done) => {
    if (!auth.currentUser || (dismissed && !wanted)) return Promise.resolve(false);
    over ||= done;
    if (done) renewal?.open(true);
    asking ??= askToRenew(code).then((renewed) => {
      asking = renewal = null;
      over = false;
      dismissed = !renewed;
      return renewed;
    });
    return asking;
  };
}

class Renewal {
  /** @type {any} */
  failure = null;
  busy = false;
  /** @type {any} the sign-in that waits for its code */
  resolver = null;

  constructor(auth, code, factors, done) {
    Object.assign(this, { auth, code, done });
    this.user = auth.currentUser;
    this.ways = waysFor(code, factors);
    this.way = this.ways[0];
    this.dialog = document.createElement('dialog');
    this.dialog.className = 'dialog';
    this.dialog.id = 'renewal';
    this.dialog.setAttribute('aria-labelledby', 'renewal-title');
    this.dialog.addEventListener('close', this.closed);
  }

  /** @param {boolean} over the page; beside it, nothing is covered and the focus stays where it is */
  open(over) {
    if (this.dialog.matches(':modal')) return; // who answers it already keeps what they typed, and the focus
    if (!this.dialog.isConnected) document.querySelector('main')?.before(this.dialog);
    this.dialog.open = !over;
    this.draw();
    if (over) this.dialog.showModal();
  }

  closed = () => {
    this.dialog.remove();
    rescueFocus();
    /** @type {any} */ (this).done(this.dialog.returnValue === 'renewed');
  };

  become(change, focus) {
    Object.assign(this, { busy: false, failure: null, ...change });
    this.draw();
    if (focus) focusOn(focus);
  }

  /** @param {() => Promise<string | null | undefined>} work gives what is wrong, or null once the session is renewed */
  async run(work) {
    if (this.busy) return;
    this.become({ busy: true });
    try {
      const wrong = await work();
      if (wrong === null) this.dialog.close('renewed');
      else if (wrong) this.become({ failure: wrong }, 'renewal-failure');
    } catch (error) {
      if (error instanceof Problem && error.code === 'pin-gone') this.take('sign-in');
      this.become({ failure: reason(error) }, 'renewal-failure');
    }
  }

  take(way) {
    this.ways = this.ways.filter((one) => one !== 'pin' || way !== 'sign-in');
    this.become({ way }, 'renewal-title');
  }

  submit = (event) => {
    event.preventDefault();
    const value = (id) => event.target.elements[id]?.value ?? ''; // read now: what is drawn anew is empty
    const [pin, password, code] = [value('pin').trim(), value('renewal-password'), value('renewal-code').replace(/\s/g, '')];
    const works = { pin: () => this.givePin(pin), key: () => this.giveKey(), 'sign-in': () => this.signIn(password, code) };
    return this.run(works[this.way]);
  };

  async givePin(pin) {
    await api.usePin(pin);
    return null;
  }

  async giveKey() {
    await showKey();
    return null;
  }

  /** The same person again; the session of before is over. */
  async signIn(password, code) {
    if (!this.resolver) {
      const { error, resolver } = await checkPassword(/** @type {any} */ (this).auth, this.user.email, password);
      if (error) return t(error);
      this.become({ resolver }, 'renewal-code');
      return undefined;
    }
    const before = await this.user.getIdTokenResult();
    const { error, restart } = await checkCode(this.resolver, code);
    if (restart) this.resolver = null;
    if (error) return t(error);
    await api.endSession(before.claims.auth_time).catch(() => {});
    return null;
  }

  draw() {
    render(this.template(), this.dialog);
  }

  template() {
    const { code } = /** @type {any} */ (this);
    return html`<p class="govuk-heading-m" id="renewal-title" tabindex="-1" autofocus>${t(`renewal.title.${code}`)}</p>
      <p class="govuk-body" role="alert">${t(`renewal.why.${code}`)}</p>
      ${this.failure
        ? html`<p class="govuk-error-message" id="renewal-failure" tabindex="-1" role="alert">${this.failure}</p>`
        : nothing}
      <form novalidate @submit=${this.submit}>
        ${this.fields()}
        <div class="button-row">
          ${submitButton(t(`renewal.${this.way}`), this.busy)} ${this.ways.filter((way) => way !== this.way).map(this.other)}
          <button type="button" class="govuk-button govuk-button--secondary" id="renewal-later" @click=${() => this.dialog.close('')}>
            ${t('renewal.later')}
          </button>
        </div>
      </form>`;
  }

  other = (way) =>
    html`<button type="button" class="govuk-button govuk-button--secondary" @click=${() => this.take(way)}>${t(`renewal.${way}.instead`)}</button>`;

  fields() {
    if (this.way === 'pin') return field({ id: 'pin', label: t('renewal.pin.label'), input: PIN });
    if (this.way === 'key') return html`<p class="govuk-body">${t('renewal.key.hint')}</p>`;
    return this.resolver
      ? field({ id: 'renewal-code', label: t('signIn.code'), hint: t('signIn.code.hint'), input: CODE })
      : html`<p class="govuk-body">${this.user.email}</p>
          ${field({ id: 'renewal-password', label: t('signIn.password'), input: { type: 'password', autocomplete: 'current-password' } })}`;
  }
}

/** What helps, the easiest first. @param {string} code @param {import('../api/sessions.js').Factors} factors */
function waysFor(code, { keys, pin }) {
  const key = keys.length && canUseKeys() ? ['key'] : [];
  if (code === 'key-required') return ['key'];
  if (code !== 'session-idle') return ['sign-in'];
  return [...(pin?.left ? ['pin'] : []), ...key, 'sign-in'];
}

/** @param {unknown} error */
function reason(error) {
  if (error instanceof DOMException) return t('renewal.key.refused');
  return (error instanceof Problem && error.errors[0]?.detail) || wordsFor(error).detail;
}
