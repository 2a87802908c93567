// On /account: where the person is signed in, their keys and their PIN.

import { html, nothing } from '../../vendor/lit-html.js';
import * as api from '../api/sessions.js';
import { Problem } from '../api/request.js';
import { locale, t } from '../i18n/index.js';
import { canUseKeys, registerKey } from '../session/keys.js';
import { focusOn, wordsFor } from '../shell/failure.js';
import { field, submitButton } from '../shell/fields.js';
import { formatTime } from '../time/warsaw.js';

const PIN = { type: 'password', inputmode: 'numeric', autocomplete: 'off', maxlength: 12, short: true };

export class OwnFactors {
  /** @type {import('../api/sessions.js').Session[]} */
  sessions = [];
  /** @type {import('../api/sessions.js').Factors} */
  factors = { keys: [], pin: null, fresh: false };
  /** @type {Record<string, string>} */
  errors = {};

  /** @param {() => void} draw */
  constructor(draw) {
    this.draw = draw;
  }

  async load() {
    [this.sessions, this.factors] = await Promise.all([api.sessions(), api.factors()]);
    return this;
  }

  /** What was done shows at once; what was refused, beside what it was asked with. */
  does = (id, work) => async (event) => {
    event.preventDefault();
    this.errors = {};
    try {
      const told = await work(event.target.elements);
      if (told?.keys) this.factors = told;
      else this.sessions = await api.sessions();
    } catch (error) {
      this.errors = { [id]: reason(error) };
    }
    this.draw();
    if (this.errors[id]) focusOn(id);
  };

  template() {
    return html`${this.devices()} ${this.keys()} ${this.pin()}`;
  }

  devices() {
    const others = this.sessions.filter(({ current }) => !current);
    return html`<section aria-labelledby="devices">
      <h2 class="govuk-heading-m" id="devices" tabindex="-1">${t('devices.title')}</h2>
      ${problem(this.errors.devices)}
      <ul class="govuk-list">
        ${this.sessions.map((one) => this.device(one))}
      </ul>
      ${others.length
        ? html`<button type="button" class="govuk-button govuk-button--secondary" id="end-others" @click=${this.does('devices', api.endOthers)}>
            ${t('devices.endOthers')}
          </button>`
        : nothing}
    </section>`;
  }

  device(one) {
    const name = one.device || t('devices.unknown');
    const end = html`<button
      type="button"
      class="govuk-button govuk-button--secondary"
      aria-label=${t('devices.end.of', { device: name })}
      @click=${this.does('devices', () => api.endSession(one.id))}
    >
      ${t('devices.end')}
    </button>`;
    return html`<li>
      <strong>${name}</strong> ${one.current ? html`(${t('devices.this')})` : nothing}<br />
      ${t('devices.seen', { time: shown(one.seen), begun: shown(one.begun) })} ${one.current ? nothing : end}
    </li>`;
  }

  keys() {
    const { keys } = this.factors;
    return html`<section aria-labelledby="keys">
      <h2 class="govuk-heading-m" id="keys" tabindex="-1">${t('keys.title')}</h2>
      <p class="govuk-body">${t('keys.why')}</p>
      ${problem(this.errors['key-name'])}
      ${keys.length
        ? html`<ul class="govuk-list">
            ${keys.map((key) => this.key(key))}
          </ul>`
        : html`<p class="govuk-body">${t('keys.none')}</p>`}
      ${canUseKeys() ? this.newKey() : html`<p class="govuk-body">${t('keys.cannot')}</p>`}
    </section>`;
  }

  key({ id, name }) {
    return html`<li>
      ${name}
      <button
        type="button"
        class="govuk-button govuk-button--secondary"
        aria-label=${t('keys.remove.of', { name })}
        @click=${this.does('key-name', () => api.removeKey(id))}
      >
        ${t('keys.remove')}
      </button>
    </li>`;
  }

  newKey() {
    const add = this.does('key-name', (elements) => registerKey(elements['key-name'].value.trim()));
    return html`<form novalidate @submit=${add}>
      ${field({ id: 'key-name', label: t('keys.name'), input: { maxlength: 40 } })} ${submitButton(t('keys.add'), false)}
    </form>`;
  }

  pin() {
    const { pin } = this.factors;
    const set = this.does('new-pin', (elements) => api.setPin(elements['new-pin'].value.trim()));
    return html`<section aria-labelledby="pin-title">
      <h2 class="govuk-heading-m" id="pin-title" tabindex="-1">${t('pin.title')}</h2>
      <p class="govuk-body">${t('pin.why')}</p>
      <p class="govuk-body">${pin ? t('pin.there', { left: String(pin.left) }) : t('pin.none')}</p>
      <form novalidate @submit=${set}>
        ${field({ id: 'new-pin', label: t('pin.new'), hint: t('pin.hint'), error: this.errors['new-pin'], input: PIN })}
        ${submitButton(t('pin.set'), false)} ${pin ? this.noPin() : nothing}
      </form>
    </section>`;
  }

  noPin() {
    return html`<button type="button" class="govuk-button govuk-button--secondary" @click=${this.does('new-pin', api.removePin)}>
      ${t('pin.remove')}
    </button>`;
  }
}

const shown = (time) => formatTime(time, locale());

const problem = (words) => (words ? html`<p class="govuk-error-message" role="alert">${words}</p>` : nothing);

/** @param {unknown} error */
function reason(error) {
  if (error instanceof DOMException) return t('renewal.key.refused');
  return (error instanceof Problem && error.errors[0]?.detail) || wordsFor(error).detail;
}
