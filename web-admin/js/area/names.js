// Names of the register and of the municipality's own areas, searched in the page.

import { gazetteerOf, indexOf, search, withPage } from '../../vendor/search.js';
import { recentAreas, savedAreas, searchDocument } from '../api/areas.js';

/** @typedef {import('./parts.js').Named} Named */

const MOST = 8;
const FEW = 4; // of what was used or saved, before anything is typed

const countOf = ({ houses, streets }) => streets.reduce((sum, street) => sum + street.houses.count, houses.count);

const localityPart = (locality) => ({ kind: 'locality', code: locality.sym, name: locality.name, addresses: countOf(locality) });

const streetPart = (locality, street) => ({
  kind: 'street', code: `${locality.sym}:${street.code}`, name: street.name, addresses: street.houses.count,
});

/** What a hit of the search means; `beside`: where it lies, or what it is a part of. @returns {{part: Named, beside: string}} */
function choiceOf({ locality, street, part, house }) {
  if (!street) return { part: localityPart(locality), beside: part?.name ?? '' };
  const houses = house && { houses: { from: house.number, to: house.number } };
  return { part: { ...streetPart(locality, street), ...houses }, beside: locality.name };
}

const folded = (text) => text.toLowerCase().normalize('NFKD').replaceAll('ł', 'l').replace(/\p{M}/gu, '');

const savedChoice = ({ id, name, addresses }) => ({ part: { kind: 'saved', id, name, addresses }, beside: '' });

export class Names {
  /** @type {any} */
  gazetteer = null;
  /** @type {any[]} */
  saved = [];
  /** Areas of the latest alerts: `{area_name, parts, area, addresses}`. @type {any[]} */
  recent = [];
  /** Whether the register came, or will not. @type {"busy" | "known" | "none"} */
  state = 'busy';
  /** @type {Promise<void>} */
  loaded;
  #index;
  #units = new Map();

  constructor() {
    this.loaded = this.#load();
  }

  async #load() {
    const none = () => [];
    const [found, saved, recent] = await Promise.all([searchDocument().catch(() => null), savedAreas().catch(none), recentAreas().catch(none)]);
    Object.assign(this, { saved, recent: recent.slice(0, FEW) });
    try {
      if (found) this.#take(found);
    } catch {
      this.gazetteer = null; // of a version that this page does not know
    }
    this.state = this.gazetteer ? 'known' : 'none';
  }

  #take(found) {
    const [first, ...pages] = (Array.isArray(found.texts) ? found.texts : [JSON.stringify(found)]).map(String);
    this.gazetteer = pages.reduce(withPage, gazetteerOf(first));
    this.#index = indexOf(this.gazetteer);
    for (const locality of this.gazetteer.localities) {
      for (const part of [localityPart(locality), ...locality.streets.map((street) => streetPart(locality, street))]) this.#units.set(part.code, part);
    }
    const { terc, name, localities } = this.gazetteer;
    this.#units.set(terc, { kind: 'gmina', code: terc, name, addresses: localities.reduce((sum, one) => sum + countOf(one), 0) });
  }

  /** The whole municipality. @returns {Named | null} null where there is no register */
  get whole() {
    return this.gazetteer && this.#units.get(this.gazetteer.terc);
  }

  /** @param {string} kind @param {string} code @returns {any} null for what is not known by name */
  known = (kind, code) => {
    if (kind === 'saved') return this.saved.find(({ id }) => id === code) ?? null;
    return this.#units.get(code) ?? (kind === 'gmina' ? this.whole : null);
  };

  /** The best first; saved areas whose name has what is typed stand before streets. @param {string} text */
  find(text) {
    const typed = folded(text.trim());
    if (!typed) return this.saved.slice(0, FEW).map(savedChoice);
    const saved = this.saved.filter(({ name }) => folded(name).includes(typed)).map(savedChoice);
    const named = this.#index ? search(this.#index, text, MOST).map(choiceOf) : [];
    const whole = this.whole && [this.whole.name, 'cała gmina', 'gmina'].some((name) => folded(name).startsWith(typed)) ? [{ part: this.whole, beside: '' }] : [];
    return [...saved, ...whole, ...named].slice(0, MOST);
  }
}

/** @type {{owner: string, names: Names} | null} */
let kept = null;

/** Read once while the page is open; of what did not come the next page asks anew. @param {string} owner the municipality's TERC */
export function namesOf(owner) {
  if (kept?.owner !== owner || kept.names.state === 'none') kept = { owner, names: new Names() };
  return kept.names;
}
