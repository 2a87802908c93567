// A field with a list of what is meant, worked by touch, keyboard and screen reader (ARIA Authoring Practices, "Editable
// Combobox With List Autocomplete"). The list stands in the page, not above it: nothing is covered, and it stays when a phone's
// keyboard is put away.

import { html, live, nothing, repeat } from '../../vendor/lit-html.js';

const STILL = 600; // ms without a letter typed, after which a reader is told how many were found

/** @typedef {{key: string, name: string, about?: string, value: any}} Option */
/**
 * @typedef {{app: any, id: string, label: string, hint?: string, options: (text: string) => Option[], onChosen: (value: any) => void,
 *   onTyped?: (text: string) => void, none?: (text: string) => unknown}} Asked `options`: for what was typed; `none`: said when there are none
 */

export class Combobox {
  /** @type {Asked} */
  asked;
  text = '';
  #open = false;
  #active = -1;
  /** @type {Option[]} */
  #options = [];
  #timer;

  /** @param {Asked} asked */
  constructor(asked) {
    this.asked = asked;
  }

  get input() {
    return /** @type {HTMLInputElement | null} */ (document.getElementById(this.asked.id));
  }

  /** As if it had been typed. @param {string} text */
  type(text) {
    this.text = text;
    this.look();
  }

  /** Looks again, when there is more to be found. */
  look() {
    this.#options = this.asked.options(this.text);
    this.#active = -1;
    this.#open = true;
    this.asked.app.redraw();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#tell, STILL);
  }

  #tell = () => {
    const { app, id } = this.asked;
    if (this.#open && document.activeElement?.id === id) app.say(app.words('address.found', { count: this.#options.length }));
  };

  #onInput = ({ target }) => {
    this.type(target.value);
    this.asked.onTyped?.(this.text);
  };

  #onKey = (event) => {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key in moves) this.#move(moves[event.key]);
    else if (event.key === 'Enter') this.#choose(this.#options[Math.max(0, this.#active)]);
    else if (event.key === 'Escape') this.#close();
    else return;
    event.preventDefault();
  };

  #move(by) {
    if (!this.#open) return this.look();
    const count = this.#options.length;
    const next = by < 0 && this.#active < 0 ? count - 1 : this.#active + by;
    this.#active = count ? (next + count) % count : -1;
    this.asked.app.redraw();
    return queueMicrotask(() => document.getElementById(this.#idOf(this.#active))?.scrollIntoView({ block: 'nearest' }));
  }

  #close() {
    if (!this.#open) this.text = '';
    this.#open = false;
    this.#active = -1;
    this.asked.app.redraw();
  }

  #choose(option) {
    if (!this.#open || !option) return;
    this.#open = false;
    this.asked.app.redraw();
    this.asked.onChosen(option.value);
  }

  #idOf = (at) => `${this.asked.id}-option-${at}`;

  template() {
    const { id, label, hint, none } = this.asked;
    const shown = this.#open && this.#options.length > 0;
    const nothingFound = this.#open && !shown && this.text.trim() !== '' ? none?.(this.text) : null;
    return html`<div class="govuk-form-group combobox">
      <label class="govuk-label govuk-label--s" for=${id}>${label}</label>
      ${hint ? html`<div class="govuk-hint" id="${id}-hint">${hint}</div>` : nothing}
      <input
        class="govuk-input"
        id=${id}
        type="text"
        role="combobox"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        enterkeyhint="go"
        aria-autocomplete="list"
        aria-expanded=${shown ? 'true' : 'false'}
        aria-controls="${id}-list"
        aria-describedby=${hint ? `${id}-hint` : nothing}
        aria-activedescendant=${shown && this.#active >= 0 ? this.#idOf(this.#active) : nothing}
        .value=${live(this.text)}
        @input=${this.#onInput}
        @keydown=${this.#onKey}
      />
      <ul class="combobox__list" id="${id}-list" role="listbox" aria-label=${label} ?hidden=${!shown}>
        ${repeat(shown ? this.#options : [], ({ key }) => key, this.#option)}
      </ul>
      ${nothingFound ? html`<div class="combobox__none" id="${id}-none" role="status">${nothingFound}</div>` : nothing}
    </div>`;
  }

  /** @param {Option} option @param {number} at */
  #option = (option, at) => html`<li
    class="combobox__option"
    id=${this.#idOf(at)}
    role="option"
    aria-selected=${at === this.#active ? 'true' : 'false'}
    @pointerdown=${(event) => event.preventDefault()}
    @click=${() => this.#choose(option)}
  >
    <strong>${option.name}</strong>${option.about ? html` <span class="combobox__about">${option.about}</span>` : nothing}
  </li>`;
}
