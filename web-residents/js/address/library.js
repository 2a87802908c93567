// The names and houses of a municipality's register, in one document that is searched on the phone, also without a network.

import { gazetteerOf, indexOf, search, withPage } from '../../vendor/search.js';
import { siteData } from '../session/site_data.js';

/** @typedef {import('../../../web-shared/search/packed.js').Gazetteer} Gazetteer @typedef {import('../../../web-shared/search/packed.js').House} House */
/** @typedef {import('../../../web-shared/search/packed.js').Houses} Houses @typedef {import('../../../web-shared/search/matching.js').Hit} Hit */

const address = (terc) => `/search/${terc}.json`;
const pageAddress = (terc, page) => `/search/${terc}/${page}.json`;
const textOf = (answer) => answer.text();

const libraries = new Map(); // TERC -> promise

/** @param {string} terc @returns {Promise<Library | null>} null where the register of the municipality is not there @throws {Error} */
export function libraryOf(terc) {
  if (!libraries.has(terc)) libraries.set(terc, open(terc));
  return libraries.get(terc);
}

async function open(terc) {
  try {
    const text = await siteData(address(terc), textOf);
    return text === null ? null : new Library(text);
  } catch (error) {
    libraries.delete(terc);
    throw error;
  }
}

export class Library {
  /** @type {Gazetteer} */
  gazetteer;
  #index;
  #pages = new Map(); // number -> promise

  /** @param {string} text the packed document */
  constructor(text) {
    this.#take(gazetteerOf(text));
  }

  get terc() {
    return this.gazetteer.terc;
  }

  #take(gazetteer) {
    this.gazetteer = gazetteer;
    this.#index = indexOf(gazetteer);
  }

  /** @param {string} text @returns {Hit[]} the best first */
  search(text) {
    return search(this.#index, text);
  }

  /**
   * Of a street, or of a locality beside its streets; a large municipality lists them on pages, which come when they are asked for.
   * @param {string} sym @param {string | null} [street] its SYM_UL
   * @returns {Promise<House[]>}
   */
  async houses(sym, street = null) {
    const found = this.#housesOf(sym, street);
    if (found && found.page !== null) await this.#page(found.page);
    return this.#housesOf(sym, street)?.listed ?? [];
  }

  /** With the houses of all pages. @returns {Promise<Gazetteer>} */
  async whole() {
    const groups = this.gazetteer.localities.flatMap(({ houses, streets }) => [houses, ...streets.map((street) => street.houses)]);
    const pages = [...new Set(groups.map(({ page }) => page))].filter((page) => page !== null);
    await Promise.all(pages.map((page) => this.#page(page)));
    return this.gazetteer;
  }

  /** @returns {Houses | undefined} */
  #housesOf(sym, street) {
    const locality = this.gazetteer.localities.find((one) => one.sym === sym);
    return street === null ? locality?.houses : locality?.streets.find(({ code }) => code === street)?.houses;
  }

  #page(number) {
    if (!this.#pages.has(number)) this.#pages.set(number, this.#turn(number));
    return this.#pages.get(number);
  }

  async #turn(number) {
    try {
      const text = await siteData(pageAddress(this.terc, number), textOf);
      if (text === null) throw new Error(`page ${number} of ${this.terc} is not there`);
      this.#take(withPage(this.gazetteer, text));
    } catch (error) {
      this.#pages.delete(number);
      throw error;
    }
  }
}
