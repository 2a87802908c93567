// The template that was chosen, with its facts: whatever follows from them is kept up with in the form.

import { missing } from '../facts/given.js';
import { momentOf } from './instants.js';
import { followed, made } from './following.js';
import { valuesFrom } from './templates.js';

/** @typedef {{template: string, facts: Record<string, any>, made: import('./following.js').Made | null}} KeptFacts in this browser */

const FOLLOWING = ['expires', 'event_ends', 'next_info', 'area_name', 'source', 'contact'];

export class ToldFacts {
  /** @type {import('../api/templates.js').Template | null} */
  template = null;
  /** @type {Record<string, any>} */
  facts = {};
  /** @type {import('./following.js').Made | null} */
  #made = null;
  #page;

  /** @param {any} page @param {import('../api/templates.js').Office} office @param {KeptFacts | null} kept */
  constructor(page, office, kept) {
    this.#page = page;
    this.office = office;
    this.restore(kept);
  }

  /** @param {KeptFacts | null} kept */
  restore(kept) {
    this.template = this.office.templates.find(({ id }) => id === kept?.template) ?? null;
    this.facts = this.template ? (kept?.facts ?? {}) : {};
    this.#made = this.template ? (kept?.made ?? null) : null;
  }

  /** @returns {KeptFacts | null} */
  get kept() {
    return this.template && { template: this.template.id, facts: this.facts, made: this.#made };
  }

  /** Of the template's facts those that the office need not type. @param {import('../api/templates.js').Template} template */
  use(template) {
    const telephones = template.facts.filter(({ type }) => type === 'telephone').map(({ name }) => [name, this.office.telephone ?? '']);
    Object.assign(this, { template, facts: Object.fromEntries(telephones) });
    this.#made = null;
    const { values } = this.#page.fields;
    const cleared = Object.fromEntries(FOLLOWING.filter((name) => name in values).map((name) => [name, typeof values[name] === 'object' ? momentOf(null) : '']));
    this.#page.change({ values: { ...valuesFrom(template, values), ...cleared }, texts: {} });
    this.follow();
  }

  /** @param {Record<string, any>} facts some of them */
  set = (facts) => {
    this.facts = { ...this.facts, ...facts };
    this.follow();
  };

  /** After a change of facts, area, what it covers, or the time of sending. */
  follow() {
    if (!this.template) return;
    const { fields, area, reach } = this.#page;
    const covers = reach.status === 'known' ? (reach.figures.covers ?? null) : null;
    const now = made(this.template, this.facts, fields, area.parts, covers);
    const changes = followed(fields, this.#made, now);
    this.#made = now;
    this.#page.change(changes);
  }

  /** Facts that the alert cannot go without; the area's names are told by the area. @returns {string[]} */
  get missing() {
    const { template, facts } = this;
    if (!template) return [];
    const named = template.facts.filter(({ type }) => type === 'names').map(({ name }) => name);
    return missing(template, facts).filter((name) => !named.includes(name));
  }
}
