// On an alert's page: the crisis centres told by one tap, what they were told, and the way to the report.

import { html, nothing, render } from '../../vendor/lit-html.js';
import * as api from '../api/reports.js';
import { locale, onLanguageChange } from '../i18n/index.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { formatTime } from '../time/warsaw.js';
import { say } from './words.js';

const clock = (value) => formatTime(value, locale(), { dateStyle: 'short', timeStyle: 'medium' });

/** `<upwards-panel alert="...">`; draws itself, so that the page about it need know nothing of it. */
class UpwardsPanel extends globalThis.HTMLElement {
  /** @type {api.Upwards | null} */
  known = null;
  /** @type {unknown} */
  failure = null;
  busy = false;
  /** Of a tap whose answer was lost: the next one is the same tap. @type {Record<string, string>} */
  keys = {};
  forget = () => {};

  connectedCallback() {
    this.forget = onLanguageChange(() => this.draw());
    this.attempt(() => api.upwards(this.alertId), false);
  }

  disconnectedCallback() {
    this.forget();
  }

  get alertId() {
    return this.getAttribute('alert') ?? '';
  }

  /** @param {() => Promise<api.Upwards>} work @param {boolean} focus whether a failure takes the focus */
  async attempt(work, focus = true) {
    if (this.busy) return false;
    Object.assign(this, { busy: true, failure: null });
    this.draw();
    try {
      this.known = await work();
    } catch (error) {
      this.failure = error;
    }
    this.busy = false;
    this.draw();
    if (focus) focusOn(this.failure ? 'failure' : 'upwards-told');
    return !this.failure;
  }

  /** @param {string[]} centres @param {string} way */
  tell = async (centres, way) => {
    const name = `${way} ${centres}`;
    this.keys[name] ??= crypto.randomUUID();
    if (await this.attempt(() => api.tell(this.alertId, { centres, way }, this.keys[name]))) delete this.keys[name];
  };

  draw() {
    render(this.template(), this);
  }

  template() {
    const { known, failure } = this;
    return html`<section aria-labelledby="upwards-title">
      <h2 class="govuk-heading-m" id="upwards-title">${say('title')}</h2>
      ${failure ? failurePanel(failure) : nothing} ${known ? this.body(known) : failure ? this.retry() : nothing}
      <p class="govuk-body"><a class="govuk-link" href="/alerts/${this.alertId}/report">${say('link')}</a></p>
    </section>`;
  }

  retry = () => html`<p class="govuk-body">${say('failed')}</p>
    <button type="button" class="govuk-button govuk-button--secondary" @click=${() => this.attempt(() => api.upwards(this.alertId))}>${say('again')}</button>`;

  /** @param {api.Upwards} known */
  body = (known) => html`
    ${known.centres.length ? nothing : html`<p class="govuk-body">${say('none')} <a class="govuk-link" href="/centres">${say('edit')}</a></p>`}
    ${known.may ? html`<p class="govuk-body">${say('intro')}</p>` : nothing} ${known.may ? this.buttons(known) : nothing}
    <ul class="govuk-list govuk-list--bullet" id="upwards-told" tabindex="-1">
      ${known.tellings.map((one) => this.telling(one, known.may))}
    </ul>
    ${known.text
      ? html`<h3 class="govuk-heading-s">${say('text')}</h3>
          <p class="govuk-inset-text">${known.text}</p>`
      : nothing}
  `;

  /** @param {api.Upwards} known */
  buttons({ centres }) {
    const mailed = centres.filter(({ email }) => email);
    return html`<div class="button-row">
      ${mailed.length
        ? this.button(say('tell', { names: mailed.map(({ name }) => name).join(', ') }), '', () => this.tell(mailed.map(({ centre }) => centre), 'email'))
        : nothing}
      ${centres
        .filter(({ phone }) => phone)
        .map((one) => this.button(say('phone', { name: say('call', one) }), 'govuk-button--secondary', () => this.tell([one.centre], 'phone')))}
    </div>`;
  }

  button = (label, style, act) => html`<button type="button" class="govuk-button ${style}" aria-disabled=${this.busy ? 'true' : nothing} @click=${act}>
    ${label}
  </button>`;

  /** @param {api.Telling} one @param {boolean} may */
  telling(one, may) {
    const words = { ...one, time: clock(one.at), centre: say(`centre.${one.centre}`), way: say(`way.${one.way}`), outcome: say(`outcome.${one.outcome}`) };
    return html`<li>
      ${say('told', words)} ${one.answered ? say('answered', { time: clock(one.answered) }) : nothing}
      ${may && !one.answered
        ? html`<button type="button" class="govuk-button govuk-button--secondary" @click=${() => this.attempt(() => api.answered(this.alertId, one.number))}>
            ${say('answer')}<span class="govuk-visually-hidden">: ${words.centre}, ${words.time}</span>
          </button>`
        : nothing}
    </li>`;
  }
}

const { customElements } = globalThis;
if (!customElements.get('upwards-panel')) customElements.define('upwards-panel', UpwardsPanel);
