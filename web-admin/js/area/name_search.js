// The search of places by name: what is ticked becomes a part of the area.

import { html, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { announce } from '../shell/announce.js';
import { describedBy } from '../shell/fields.js';
import { isNamed, sameUnit, withNamed } from './parts.js';

export class NameSearch {
  typed = '';
  /** Whether what is ticked is taken out of the area. */
  excluding = false;
  #area;
  #draw;
  #found = { key: '', choices: /** @type {ReturnType<import('./names.js').Names['find']>} */ ([]) };

  /** @param {import('./model.js').Area} area @param {import('./names.js').Names} names @param {() => void} draw */
  constructor(area, names, draw) {
    this.#area = area;
    this.names = names;
    this.#draw = draw;
  }

  /** Searched once for what is typed, however often it is drawn. */
  get found() {
    const key = JSON.stringify([this.typed, this.names.state, this.names.saved.length]);
    if (key !== this.#found.key) this.#found = { key, choices: this.names.find(this.typed) };
    return this.#found.choices;
  }

  type = (event) => {
    this.typed = event.target.value;
    if (this.typed.trim()) announce(t('names.found', { count: this.found.length }));
    this.#draw();
  };

  /** Enter takes the first. */
  onKey = (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const [first] = this.found;
    if (first && this.typed.trim() && !this.isTicked(first.part)) this.tick(first.part, true);
  };

  exclude = (excluding) => {
    this.excluding = excluding;
    this.#draw();
    document.getElementById('names')?.focus();
  };

  isTicked(part) {
    return this.#area.parts.some((one) => isNamed(one) && sameUnit(one, part));
  }

  tick = (part, on) => {
    const rest = this.#area.parts.filter((one) => !isNamed(one) || !sameUnit(one, part));
    this.#area.set(on ? withNamed(this.#area.parts, { ...part, ...(this.excluding && { excluded: true }) }) : rest);
    if (on) this.excluding = false;
  };

  template() {
    return searchView(this);
  }
}

const count = ({ addresses }) => (addresses === undefined || addresses === null ? nothing : t('reach.addresses', { count: addresses }));

const beside = (part, where) => {
  if (!where) return nothing;
  return t(part.kind === 'locality' ? 'names.part' : 'names.in', { name: where });
};

const kind = ({ kind: named }) => (named === 'street' ? nothing : html`<span class="found__kind">${t(`names.${named}`)}</span> `);

function result(search, { part, beside: where }, index) {
  const id = `found-${index}`;
  const numbers = part.houses ? ` ${part.houses.from}` : '';
  return html`<li class="found">
    <input class="found__tick" type="checkbox" id=${id} .checked=${search.isTicked(part)} @change=${(event) => search.tick(part, event.target.checked)} />
    <label class="found__name" for=${id}>
      ${kind(part)}<strong>${part.name}${numbers}</strong> <span class="found__beside">${beside(part, where)}</span>
      <span class="found__count">${part.houses ? nothing : count(part)}</span>
    </label>
  </li>`;
}

function results(search) {
  const { found } = search;
  if (!found.length) return search.typed.trim() ? html`<p class="govuk-hint" id="names-none">${t('names.nothing')}</p>` : nothing;
  const title = search.typed.trim() ? 'names.results' : 'names.saved.title';
  return html`<ul class="founds" aria-label=${t(title)}>${found.map((one, index) => result(search, one, index))}</ul>`;
}

const HINTS = { busy: 'names.busy', none: 'names.none', known: 'names.hint' };

/** @param {NameSearch} search */
const searchView = (search) => html`<div class="govuk-form-group names ${search.excluding ? 'names--excluding' : ''}">
  <label class="govuk-label govuk-label--s" for="names">${t(search.excluding ? 'names.without' : 'names.label')}</label>
  <div id="names-hint" class="govuk-hint">${t(HINTS[search.names.state])}</div>
  <input
    class="govuk-input"
    id="names"
    type="search"
    autocomplete="off"
    enterkeyhint="search"
    .value=${search.typed}
    aria-describedby=${describedBy('names', true)}
    @input=${search.type}
    @keydown=${search.onKey}
  />
  ${results(search)}
</div>`;
