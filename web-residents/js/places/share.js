// A link to a place for those who will stay there for a while: guests of a hotel, of an event.

import { html, nothing } from '../../vendor/lit-html.js';
import { field } from './fields.js';
import { linkTo } from './link.js';
import { dayProblem, lastDay, span } from './until.js';

export class Sharing {
  /** @type {any} */
  app;
  /** @type {any} */
  place;
  #until;
  #said = '';
  /** @type {((text: string, label: string) => unknown) | null} */
  #picture = null; // draws the QR code, once it is wanted
  #failed = false;

  /** @param {any} app @param {{label: string, cell: string, until: Date | null}} place as it is stored */
  constructor(app, place) {
    Object.assign(this, { app, place });
    this.#until = place.until ? lastDay(place.until) : '';
  }

  get #problem() {
    return dayProblem(this.#until);
  }

  get #link() {
    return linkTo(location.origin, { cell: this.place.cell, until: this.#until });
  }

  #say(key) {
    this.#said = this.app.words(key);
    this.app.redraw();
  }

  #copy = () => navigator.clipboard.writeText(this.#link).then(
    () => this.#say('places.share.copied'),
    () => this.#say('places.share.copy.failed'),
  );

  #share = () => navigator.share({ title: this.app.words('places.visit.title'), url: this.#link }).catch(() => {}); // closed without sharing

  #print = () => print(); // css/places.css leaves the card alone on the sheet

  #setUntil = (value) => {
    this.#until = value;
    this.app.redraw();
  };

  #opened = async ({ target }) => {
    if (!target.open || this.#picture) return;
    this.#picture = await import('./qr.js').then(({ qrCode }) => qrCode, () => null); // without a network the link does
    this.#failed = !this.#picture;
    this.app.redraw();
  };

  template() {
    const { words } = this.app;
    const { first, last } = span();
    return html`<details class="govuk-details place-share" @toggle=${this.#opened}>
      <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${words('places.share.title')}</span></summary>
      <div class="govuk-details__text">
        <p class="govuk-body">${words('places.share.about')}</p>
        ${field({
          id: 'share-until',
          label: words('places.share.until'),
          error: this.#problem && words(`places.until.${this.#problem}`),
          value: this.#until,
          oninput: this.#setUntil,
          input: { type: 'date', min: first, max: last },
        })}
        ${this.#problem ? nothing : this.#offer()}
        <p class="govuk-body" role="status">${this.#said}</p>
      </div>
    </details>`;
  }

  #offer() {
    const { words } = this.app;
    return html`${this.#card()}
      <div class="button-row">
        <button type="button" class="govuk-button govuk-button--secondary" @click=${this.#copy}>${words('places.share.copy')}</button>
        ${'share' in navigator
          ? html`<button type="button" class="govuk-button govuk-button--secondary" @click=${this.#share}>${words('places.share.send')}</button>`
          : nothing}
        <button type="button" class="govuk-button govuk-button--secondary" @click=${this.#print}>${words('places.share.print')}</button>
      </div>`;
  }

  /** What a guest gets, on the screen or on paper. */
  #card() {
    const { words } = this.app;
    const label = this.place.label || words('places.unnamed');
    return html`<section class="place-card" aria-labelledby="share-card">
      <h2 class="govuk-heading-m" id="share-card">${words('places.share.card', { label })}</h2>
      <p class="govuk-body">${words('places.share.card.do')}</p>
      ${this.#picture?.(this.#link, words('places.share.qr', { label })) ?? nothing}
      ${this.#failed ? html`<p class="govuk-hint">${words('places.share.qr.failed')}</p>` : nothing}
      <p class="place-card__link" id="share-link">${this.#link}</p>
    </section>`;
  }
}
