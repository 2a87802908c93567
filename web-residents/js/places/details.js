// What a place is called and how long it counts.

import { html, nothing } from '../../vendor/lit-html.js';
import { field } from './fields.js';
import { LONGEST_LABEL } from './link.js';
import { dayProblem, endOf, lastDay, span } from './until.js';

const PRESETS = ['home', 'work', 'parents', 'school'];

export class Details {
  /** @type {any} */
  app;
  /** @type {string} */
  label;
  /** @type {string} */
  until;
  /** @type {Record<string, string>} */
  #errors = {};
  /** @type {() => boolean} */
  folded;

  /**
   * @param {{app: any, label?: string, until?: string, folded?: () => boolean}} options `until`: "YYYY-MM-DD" or ""; `folded`: whether
   *   four names to choose from do, and the rest is folded away
   */
  constructor({ app, label = '', until = '', folded = () => false }) {
    Object.assign(this, { app, label, until, folded });
  }

  /** Of a place that is there already. @param {any} app @param {{label: string, until: Date | null}} place */
  static of(app, { label, until }) {
    return new Details({ app, label, until: until ? lastDay(until) : '' });
  }

  /** @returns {{label: string, until: Date | null} | null} null when something is wrong: then the first wrong field has the focus */
  read() {
    const label = this.label.trim();
    const day = dayProblem(this.until);
    this.#errors = { ...(!label && { label: 'places.label.missing' }), ...(day && { until: `places.until.${day}` }) };
    this.app.redraw();
    const [first] = Object.keys(this.#errors);
    if (!first) return { label, until: this.until ? endOf(this.until) : null };
    queueMicrotask(() => document.getElementById(first)?.focus()); // drawn
    return null;
  }

  #set(name, value) {
    this[name] = value;
    this.app.redraw();
  }

  #error = (name) => (this.#errors[name] ? this.app.words(this.#errors[name]) : null);

  /** Above what saves the place: the four names alone when the rest is folded away. */
  names() {
    const { words } = this.app;
    if (this.folded()) return this.#presets();
    return html`<section class="place-details">
      <h2 class="govuk-heading-m">${words('places.details.title')}</h2>
      ${this.#label(this.#presets())} ${this.#lastDay()}
    </section>`;
  }

  /** Below it. */
  more() {
    if (!this.folded()) return nothing;
    return html`<details class="govuk-details place-details" id="more-details" ?open=${Object.keys(this.#errors).length > 0}>
      <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${this.app.words('places.details.more')}</span></summary>
      <div class="govuk-details__text">${this.#label(nothing)} ${this.#lastDay()}</div>
    </details>`;
  }

  #label(presets) {
    const { words } = this.app;
    return html`${field({
      id: 'label',
      label: words('places.label'),
      hint: words('places.label.hint'),
      error: this.#error('label'),
      value: this.label,
      oninput: (value) => this.#set('label', value),
      input: { maxlength: LONGEST_LABEL },
    })}
    ${presets}`;
  }

  #presets() {
    const { words } = this.app;
    return html`<div class="place-presets" role="group" aria-label=${words('places.label')}>
      ${PRESETS.map((name) => this.#preset(words(`places.preset.${name}`)))}
    </div>`;
  }

  #preset(label) {
    return html`<button
      type="button"
      class="place-preset"
      aria-pressed=${this.label === label ? 'true' : 'false'}
      @click=${() => this.#set('label', label)}
    >
      ${label}
    </button>`;
  }

  #lastDay() {
    const { words } = this.app;
    const { first, last } = span();
    return html`${field({
        id: 'until',
        label: words('places.until'),
        hint: words('places.until.hint'),
        error: this.#error('until'),
        value: this.until,
        oninput: (value) => this.#set('until', value),
        input: { type: 'date', min: first, max: last },
      })}
      ${this.until
        ? html`<button type="button" class="place-preset" @click=${() => this.#set('until', '')}>${words('places.until.none')}</button>`
        : nothing}`;
  }
}
