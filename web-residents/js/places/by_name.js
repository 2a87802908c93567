// The first way to a place: its street and number by name, in one line or one after the other.

import { html, nothing } from '../../vendor/lit-html.js';
import { addressIn, nameOfAddress } from '../address/address.js';
import { Combobox } from '../address/combobox.js';
import { libraryOf } from '../address/library.js';
import { linkIn } from './link.js';
import { municipalities } from './municipality.js';

const KEPT = 'gmina'; // the municipality that was chosen last, on this phone alone
const TYPED_NUMBER = /\s(\d+\s?\p{L}?(?:\/\d+\p{L}?)?)\s*$/u;

const plain = (text) => text.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l');
const squeezed = (number) => plain(number).replace(/\s/g, '');

/**
 * @typedef {{app: any, go: (step: string) => void, onAddress: (library: any, address: any, municipality: any) => void,
 *   onWhole: (municipality: any, locality: any) => void, onLink: (path: string) => void,
 *   onMap: (library: any, municipality: any, houses: any[]) => void}} Surroundings
 */

export class ByName {
  /** @type {Surroundings} */
  #around;
  /** @type {any} */
  #app;
  /** @type {import('./municipality.js').Municipality[] | null} */
  #served = null; // null: being asked for
  /** @type {import('./municipality.js').Municipality | null} */
  municipality = null;
  /** @type {import('../address/library.js').Library | null | undefined} */
  #library = undefined; // null: the municipality has no register here; undefined: being asked for
  #failed = false;
  /** @type {any} */
  #street = null; // {locality, street}, of which the number is still to be chosen
  #houses = [];

  /** @param {Surroundings} around */
  constructor(around) {
    this.#around = around;
    this.#app = around.app;
    const { app } = around;
    const { words } = app;
    this.towns = new Combobox({ app, id: 'municipality', label: words('address.municipality'), options: this.#townsFor, onChosen: this.#enter, none: () => words('address.municipality.none') });
    this.names = new Combobox({
      app, id: 'address', label: words('address.label'), options: this.#namesFor, onChosen: this.#chosen, onTyped: this.#linked, none: this.#notFound,
    });
    this.numbers = new Combobox({ app, id: 'house-number', label: words('address.number'), options: this.#numbersFor, onChosen: this.#numbered, none: (number) => words('address.number.none', { number }) });
    this.#begin();
  }

  #begin = async () => {
    this.#failed = false;
    try {
      this.#served = await municipalities();
      const kept = await this.#app.local(KEPT).get();
      const town = this.#served.length === 1 ? this.#served[0] : this.#served.find(({ terc }) => terc === kept);
      if (town) await this.#open(town);
    } catch (error) {
      console.error(error);
      this.#failed = true;
    }
    this.#app.redraw();
  };

  async #open(town) {
    this.municipality = town;
    this.#library = undefined;
    this.#library = await libraryOf(town.terc);
    if (this.names.text) this.names.look();
  }

  #enter = async (town) => {
    this.#app.local(KEPT).set(town.terc);
    await this.#open(town).catch(() => (this.#failed = true));
    this.#app.redraw();
    queueMicrotask(() => this.names.input?.focus());
  };

  #leaveTown = () => {
    this.municipality = null;
    this.towns.text = '';
    this.#app.redraw();
    queueMicrotask(() => this.towns.input?.focus());
  };

  #townsFor = (text) => {
    const asked = plain(text);
    const found = (this.#served ?? []).filter(({ name }) => plain(name).includes(asked));
    return found.slice(0, 8).map((town) => ({ key: town.terc, name: town.name, value: town }));
  };

  #namesFor = (text) => (this.#library?.search(text) ?? []).map((hit) => this.#option(hit));

  /** @param {import('../address/library.js').Hit} hit */
  #option = (hit) => {
    const { locality, street, part, house } = hit;
    const name = house ? nameOfAddress(addressIn(/** @type {any} */ (this.#library), locality, street, house)) : (street ?? part ?? locality).name;
    const about = street || part ? locality.name : this.#app.words('address.locality');
    return { key: [locality.sym, street?.code, part?.sym].join('.'), name, about, value: hit };
  };

  #linked = (text) => {
    const path = linkIn(text);
    if (path) this.#around.onLink(path);
  };

  #notFound = () => {
    const { words } = this.#app;
    if (this.#library === undefined) return words('address.loading');
    return words('address.none');
  };

  #chosen = async ({ locality, street, house }) => {
    if (house) return this.#take(locality, street, house);
    this.#street = { locality, street };
    this.#houses = await /** @type {any} */ (this.#library).houses(locality.sym, street?.code ?? null).catch(() => []);
    this.#around.go('number');
    if (this.#houses.length) this.numbers.type(TYPED_NUMBER.exec(this.names.text)?.[1] ?? '');
    this.#app.redraw();
    return setTimeout(() => (this.numbers.input ?? document.getElementById('street-chosen'))?.focus()); // drawn
  };

  #numbersFor = (text) => {
    const asked = squeezed(text);
    const found = this.#houses.filter(({ number }) => squeezed(number).startsWith(asked));
    return found.map((house) => ({ key: house.number, name: house.number, value: house }));
  };

  #numbered = (house) => this.#take(this.#street.locality, this.#street.street, house);

  #take = (locality, street, house) => {
    const library = /** @type {any} */ (this.#library);
    this.#around.onAddress(library, addressIn(library, locality, street, house), this.municipality);
  };

  #toMap = () => this.#around.onMap(this.#library ?? null, this.municipality, this.#street ? this.#houses : []);

  /** Back from the numbers of a street. */
  reset() {
    this.#street = null;
    this.#houses = [];
  }

  template() {
    const { words } = this.#app;
    if (this.#failed) return html`<div class="panel panel--warn" role="alert"><p class="govuk-body">${words('address.failed')}</p>
      <button type="button" class="govuk-button govuk-button--secondary" @click=${this.#begin}>${words('places.again')}</button></div>`;
    if (this.#street) return this.#numberTemplate();
    const many = Number(this.#served?.length) > 1;
    if (many && !this.municipality) return this.towns.template();
    return html`${many ? this.#town() : nothing} ${this.#library === null ? html`<p class="govuk-body">${words('address.unlisted')}</p>` : this.names.template()}
      ${this.municipality ? this.#mapButton() : nothing}`;
  }

  #town() {
    const { words } = this.#app;
    return html`<p class="govuk-body">${this.municipality?.name}
      <button type="button" class="place-preset" id="other-municipality" @click=${this.#leaveTown}>${words('address.municipality.other')}</button></p>`;
  }

  #mapButton = () => html`<button type="button" class="govuk-button govuk-button--secondary" id="by-map" @click=${this.#toMap}>${this.#app.words('address.map.use')}</button>`;

  #numberTemplate() {
    const { words } = this.#app;
    const { locality, street } = this.#street;
    return html`<section class="place-way" aria-labelledby="street-chosen">
      <h2 class="govuk-heading-m" id="street-chosen" tabindex="-1">${(street ?? locality).name}</h2>
      ${street ? html`<p class="govuk-body">${locality.name}</p>` : nothing}
      ${this.#houses.length ? this.numbers.template() : html`<p class="govuk-body">${words('address.houses.none')}</p>`}
      <h3 class="govuk-heading-s">${words('address.unlisted.number')}</h3>
      <div class="button-row">
        ${this.#mapButton()}
        ${street && this.#houses.length
          ? html`<button type="button" class="govuk-button govuk-button--secondary" id="whole-street" @click=${() => this.#take(locality, street, null)}>${words('address.street.use')}</button>`
          : nothing}
        ${street ? nothing : html`<button type="button" class="govuk-button govuk-button--secondary" id="whole-locality" @click=${() => this.#around.onWhole(this.municipality, locality)}>${words('address.whole.use')}</button>`}
      </div>
    </section>`;
  }

  /** The municipality and its villages, each to be a place as a whole. */
  wholes() {
    const { words } = this.#app;
    if (!this.#library || !this.municipality) return nothing;
    const { localities } = this.#library.gazetteer;
    const choose = () => {
      const { value } = /** @type {HTMLSelectElement} */ (document.getElementById('whole'));
      this.#around.onWhole(this.municipality, localities.find(({ sym }) => sym === value) ?? null);
    };
    return html`<div class="govuk-form-group">
      <label class="govuk-label govuk-label--s" for="whole">${words('address.whole')}</label>
      <select class="govuk-select" id="whole">
        <option value="">${words('address.whole.gmina', { name: this.municipality.name })}</option>
        ${localities.map(({ sym, name }) => html`<option value=${sym}>${name}</option>`)}
      </select>
      <button type="button" class="govuk-button govuk-button--secondary" id="use-whole" @click=${choose}>${words('address.whole.choose')}</button>
    </div>`;
  }
}
