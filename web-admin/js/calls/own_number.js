// The number that the person is called at: entered, proved by a code, taken away.

import { html, nothing } from '../../vendor/lit-html.js';
import * as api from '../api/calls.js';
import { Problem } from '../api/request.js';
import { locale, t } from '../i18n/index.js';
import { focusOn, wordsFor } from '../shell/failure.js';
import { field, submitButton } from '../shell/fields.js';
import { formatTime } from '../time/warsaw.js';

const PHONE = { type: 'tel', autocomplete: 'tel', inputmode: 'tel', maxlength: 40 };
const CODE = { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 10, short: true };

export class OwnNumber {
  /** @type {Record<string, string>} */
  errors = {};
  busy = false;
  said = '';

  /** @param {import('../api/calls.js').Contact} contact @param {() => void} draw */
  constructor(contact, draw) {
    this.contact = contact;
    this.draw = draw;
  }

  /** @param {string} id of the field that shows what was wrong @param {() => Promise<import('../api/calls.js').Contact>} work @param {string} done */
  async does(id, work, done) {
    if (this.busy) return;
    Object.assign(this, { busy: true, errors: {}, said: '' });
    this.draw();
    try {
      this.contact = await work();
      this.said = t(done);
    } catch (error) {
      this.errors = { [id]: reason(error) };
      this.contact = await api.contact().catch(() => this.contact); // tries were counted
    }
    this.busy = false;
    this.draw();
    focusOn(this.errors[id] ? id : 'own-number');
  }

  enter = (event) => {
    event.preventDefault();
    const { value } = event.target.elements.phone;
    return this.does('phone', () => api.setPhone(value), 'calls.number.asked');
  };

  verify = (event) => {
    event.preventDefault();
    const code = event.target.elements.code.value.replace(/\s/g, '');
    return this.does('code', () => api.verifyPhone(code), 'calls.number.proved');
  };

  remove = () => this.does('phone', api.removePhone, 'calls.number.removed');

  template() {
    const { phone, refused } = this.contact;
    return html`<section aria-labelledby="own-number">
      <h2 class="govuk-heading-m" id="own-number" tabindex="-1">${t('calls.number')}</h2>
      ${this.said ? html`<p class="govuk-inset-text" role="status">${this.said}</p>` : nothing}
      <p class="govuk-body" id="number-now">${phone ? t('calls.number.is', { phone }) : t('calls.number.none')}</p>
      ${refused ? html`<p class="govuk-error-message" id="number-refused">${t('calls.number.refused', { time: formatTime(refused, locale()) })}</p>` : nothing}
      ${this.contact.mail_refused
        ? html`<p class="govuk-error-message" id="mail-refused">${t('calls.mail.refused', { time: formatTime(this.contact.mail_refused, locale()) })}</p>`
        : nothing}
      ${this.isWaiting() ? this.codeForm() : nothing} ${this.phoneForm()}
      ${phone || this.contact.waiting
        ? html`<button type="button" class="govuk-button govuk-button--secondary" id="number-remove" @click=${this.remove}>
            ${t('calls.number.remove')}
          </button>`
        : nothing}
    </section>`;
  }

  isWaiting() {
    const { waiting, until, tries } = this.contact;
    return Boolean(waiting && tries && until && Date.parse(until) > Date.now());
  }

  codeForm() {
    const { waiting, until, tries } = this.contact;
    const hint = t('calls.code.hint', { phone: waiting, time: formatTime(until ?? '', locale(), { timeStyle: 'short' }), count: tries });
    return html`<form novalidate @submit=${this.verify}>
      ${field({ id: 'code', label: t('calls.code'), hint, error: this.errors.code, input: CODE })} ${submitButton(t('calls.code.do'), this.busy)}
    </form>`;
  }

  phoneForm() {
    const label = t(this.contact.phone || this.isWaiting() ? 'calls.number.other' : 'calls.number.enter');
    return html`<form novalidate @submit=${this.enter}>
      ${field({ id: 'phone', label, hint: t('calls.number.hint'), error: this.errors.phone, input: PHONE })}
      ${submitButton(t('calls.number.do'), this.busy)}
    </form>`;
  }
}

/** @param {unknown} error */
const reason = (error) => (error instanceof Problem && error.errors[0]?.detail) || wordsFor(error).detail;
