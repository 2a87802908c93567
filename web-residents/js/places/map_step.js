// The house is tapped on the map of the municipality; what is not in the register can be taken as a point.

import { html, nothing, ref } from '../../vendor/lit-html.js';
import { nearest } from '../address/nearest.js';

export class MapStep {
  /** @type {any} */ app;
  /** @type {import('../address/library.js').Library | null} */ library;
  /** @type {import('./municipality.js').Municipality} */ municipality;
  /** @type {{lat: number, lon: number}[]} */ houses;
  /** @type {(address: any) => void} */ onAddress;
  /** @type {(point: any) => void} */ onPoint;
  /** @type {import('./house_map.js').HouseMap | null} */
  #map = null;
  /** @type {any} */
  #missed = null; // a point where no house of the register is
  #failed = false;

  /** @param {any} options `library`: null where there is no register; `houses`: of a street, to begin with */
  constructor({ app, library, municipality, houses, onAddress, onPoint }) {
    Object.assign(this, { app, library, municipality, houses, onAddress, onPoint });
  }

  close() {
    this.#map?.close();
    this.#map = null;
  }

  #mount = async (element) => {
    if (!element) return this.close();
    const { HouseMap = null } = await import('./house_map.js').catch(() => /** @type {any} */ ({}));
    this.#failed = !HouseMap;
    if (this.#failed) return this.app.redraw();
    if (this.#map || !element.isConnected) return undefined;
    const { app, municipality, houses } = this;
    this.#map = new HouseMap(element, { words: app.words, terc: municipality.terc, boundary: municipality.boundary, houses, onTap: this.#tapped });
    return undefined;
  };

  #tapped = async (point, reach) => {
    const [found] = this.library ? await nearest(this.library, point, reach, 1) : [];
    if (found) return this.onAddress(found.address);
    this.#missed = point;
    this.app.redraw();
    setTimeout(() => document.getElementById('missed')?.scrollIntoView({ block: 'nearest' })); // drawn
    return this.app.say(this.app.words('address.map.missed'));
  };

  #onKey = (event) => {
    const zooms = { '+': 1, '=': 1, '-': -1 };
    if (event.key === 'Enter') this.#map?.takeMiddle();
    else if (event.key in zooms) this.#map?.zoom(zooms[event.key]);
    else return;
    event.preventDefault();
  };

  template() {
    const { words } = this.app;
    return html`<section class="place-way">
      <h2 class="govuk-heading-m" id="place-point" tabindex="-1">${words('address.map.title')}</h2>
      <p class="govuk-body" id="house-map-help">${words('address.map.help')}</p>
      ${this.#failed ? html`<p class="panel panel--bad" role="alert">${words('places.unable')}</p>` : nothing}
      <div class="place-map" id="house-map" tabindex="0" role="application" aria-label=${words('address.map.label')} aria-describedby="house-map-help house-map-keys"
        @keydown=${this.#onKey} ${ref(this.#mount)}></div>
      <p class="govuk-hint by-mouse" id="house-map-keys">${words('address.map.keys')}</p>
      ${this.#missed ? this.#offer() : nothing}
    </section>`;
  }

  #offer() {
    const { words } = this.app;
    return html`<div class="panel" id="missed">
      <p class="govuk-body">${words('address.map.missed')}</p>
      <button type="button" class="govuk-button govuk-button--secondary" id="take-point" @click=${() => this.onPoint({ ...this.#missed, accuracy: null })}>
        ${words('address.map.take')}
      </button>
    </div>`;
  }
}
