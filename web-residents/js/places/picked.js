// An address or a whole village that was picked by name, to be confirmed: what is stored of it, and how it is told.

import { html, nothing } from '../../vendor/lit-html.js';
import { codesOf, nameOfAddress, pointOf, whereItIs } from '../address/address.js';
import { cellOf } from './cells.js';
import { sketch } from './sketch.js';
import { sketched } from './sketched.js';

/** @typedef {import('../address/address.js').Address} Address @typedef {import('../address/library.js').Library} Library */

export class Picked {
  ready = true;
  note = '';
  /** @type {ReturnType<typeof sketched> | null} */
  #drawn = null;

  /** @param {{app: any, municipality: any, name: string, where: string, place: object}} picked `place`: as it is stored */
  constructor({ app, municipality, name, where, place }) {
    Object.assign(this, { app, municipality, name, where, place });
  }

  /**
   * @param {any} app @param {Library} library @param {Address} address @param {any} municipality
   * @returns {Promise<Picked | null>} null for a street on which there is no house
   */
  static async address(app, library, address, municipality) {
    const point = await pointOf(library, address);
    if (!point) return null;
    const codes = codesOf(address);
    const place = { cell: await cellOf(point), accuracy: null, codes };
    const picked = new Picked({ app, municipality, name: nameOfAddress(address), where: whereItIs(address), place });
    picked.#drawn = sketched(library.gazetteer, point, codes.street);
    picked.note = address.house ? '' : app.words('address.street.note');
    return picked;
  }

  /** A village or the municipality. @param {any} app @param {any} municipality @param {{sym: string, name: string} | null} locality */
  static whole(app, municipality, locality) {
    const whole = locality ? { level: 'locality', code: locality.sym } : { level: 'gmina', code: municipality.terc };
    const name = app.words(`address.whole.${whole.level}`, { name: locality?.name ?? municipality.name });
    return new Picked({ app, municipality, name, where: locality ? municipality.name : '', place: { whole } });
  }

  /** @type {any} */ app;
  /** @type {any} */ municipality;
  /** @type {string} */ name;
  /** @type {string} */ where;
  /** @type {any} */ place;

  close() {}

  template() {
    return html`<section class="place-confirm">
      <h2 class="govuk-heading-m" id="place-point" tabindex="-1">${this.name}</h2>
      ${this.where ? html`<p class="govuk-body" data-fact="where">${this.where}</p>` : nothing}
      ${this.note ? html`<p class="govuk-hint">${this.note}</p>` : nothing} ${sketch(this.#drawn)}
    </section>`;
  }
}
