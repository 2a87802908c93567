// A link to a place for those who will stay there for a while: guests of a hotel, of an event.

import { html, nothing } from '../../vendor/lit-html.js';
import { field } from './fields.js';
import { linkTo } from './link.js';
import { dayProblem, lastDay, span } from './until.js';

export class Sharing {
  #until;
  #said = '';

  /** @param {{label: string, cell: string, until: Date | null}} place as it is stored */
  constructor(app, place) {
    Object.assign(this, { app, place });
    this.#until = place.until ? lastDay(place.until) : '';
  }

  get #problem() {
    return dayProblem(this.#until);
  }

  get #link() {
    return linkTo(location.origin, { ...this.place, until: this.#until });
  }

  #say(key) {
    this.#said = this.app.words(key);
    this.app.redraw();
  }

  #copy = () => navigator.clipboard.writeText(this.#link).then(
    () => this.#say('places.share.copied'),
    () => this.#say('places.share.copy.failed'),
  );

  #share = () => navigator.share({ title: this.place.label, url: this.#link }).catch(() => {}); // closed without sharing

  #setUntil = (value) => {
    this.#until = value;
    this.app.redraw();
  };

  template() {
    const { words } = this.app;
    const { first, last } = span();
    return html`<details class="govuk-details place-share">
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
    return html`${field({
        id: 'share-link',
        label: words('places.share.link'),
        value: this.#link,
        oninput: () => {},
        input: { readonly: true },
      })}
      <div class="button-row">
        <button type="button" class="govuk-button govuk-button--secondary" @click=${this.#copy}>${words('places.share.copy')}</button>
        ${navigator.share
          ? html`<button type="button" class="govuk-button govuk-button--secondary" @click=${this.#share}>${words('places.share.send')}</button>`
          : nothing}
      </div>`;
  }
}
