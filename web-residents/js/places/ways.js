// Other ways to say where a place is than by its name: where the phone is, and, folded, coordinates, a link, a whole village.

import { html, nothing } from '../../vendor/lit-html.js';
import { readCoordinates } from './coordinates.js';
import { field } from './fields.js';
import { linkIn } from './link.js';
import { locate } from './location.js';

/** @typedef {{app: any, onPoint: (point: {lat: number, lng: number, accuracy: number}, note?: string) => void}} Surroundings */

/** "Use my location". */
export class ByLocation {
  /** @type {any} */
  app;
  /** @type {(point: any, note?: string) => unknown} */
  onPoint;
  #busy = false;
  /** @type {string | null} */
  #problem = null;

  /** @param {Surroundings} surroundings */
  constructor({ app, onPoint }) {
    Object.assign(this, { app, onPoint });
  }

  #ask = async () => {
    if (this.#busy) return;
    this.#state(true, null);
    const found = await locate();
    this.#state(false, found.problem ?? null);
    if (!found.problem) this.onPoint(found);
    else this.app.say(this.app.words(`places.location.${found.problem}`));
  };

  #state(busy, problem) {
    this.#busy = busy;
    this.#problem = problem;
    this.app.redraw();
  }

  template() {
    const { words } = this.app;
    return html`<div class="place-locate">
      <button type="button" class="govuk-button govuk-button--secondary" id="locate" aria-disabled=${this.#busy ? 'true' : nothing} @click=${this.#ask}>
        ${words(this.#busy ? 'places.location.busy' : 'places.location.use')}
      </button>
      ${this.#problem ? problem(words, this.#problem) : nothing}
    </div>`;
  }
}

const problem = (words, name) => html`<div class="panel panel--bad" id="location-problem">
  <p class="govuk-body"><strong>${words(`places.location.${name}`)}</strong></p>
  <p class="govuk-body">${words(`places.location.${name}.do`)}</p>
</div>`;

const MAPS = /^https:\/\/\S*?[@=/](-?\d+\.\d{3,})(?:,|%2C|\/)(-?\d+\.\d{3,})\S*/i; // "…/@49.88,19.49,17z", "?q=49.88,19.49"

/** The coordinates within a map's address; all else as it is. */
const pointOfMap = (typed) => typed.trim().replace(MAPS, '$1, $2');

/** Coordinates, as another map or a receiver shows them. */
export class ByCoordinates {
  /** @type {any} */
  app;
  /** @type {(point: any, note?: string) => unknown} */
  onPoint;
  #typed = '';
  /** @type {string | null} */
  #problem = null;

  /** @param {Surroundings} surroundings */
  constructor({ app, onPoint }) {
    Object.assign(this, { app, onPoint });
  }

  #submit = (event) => {
    event.preventDefault();
    const link = linkIn(this.#typed);
    if (link) return this.app.go(link);
    const read = readCoordinates(pointOfMap(this.#typed));
    this.#problem = read.problem ?? null;
    this.app.redraw();
    if (!read.problem) return this.onPoint(read, read.swapped ? this.app.words('places.coordinates.swapped') : '');
    return document.getElementById('coordinates')?.focus();
  };

  template() {
    const { words } = this.app;
    return html`<div>
      <form novalidate @submit=${this.#submit}>
        ${field({
          id: 'coordinates',
          label: words('places.coordinates.label'),
          hint: words('places.coordinates.hint'),
          error: this.#problem && words(`places.coordinates.${this.#problem}`),
          value: this.#typed,
          oninput: (value) => {
            this.#typed = value;
          },
        })}
        <button type="submit" class="govuk-button govuk-button--secondary">${words('places.coordinates.show')}</button>
      </form>
    </div>`;
  }
}
