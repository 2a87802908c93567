// Steps within one view, so that the browser's Back leads to the step before and not out of the view.

import { within } from '../../sw/patience.js';

const PATIENCE = 1_000; // ms

export class BackSteps {
  #depth = history.state?.depth ?? 0; // of an entry that was left and come back to
  #path = location.pathname;
  /** @type {(() => void) | null} */
  #home = null;

  /** @param {string} first the step that the view begins with @param {(step: string) => void} shown called when Back or Forward changed it */
  constructor(first, shown) {
    this.first = first;
    this.shown = shown;
    addEventListener('popstate', this.#changed);
  }

  /** @param {string} step the view's next one */
  go(step) {
    this.#depth += 1;
    history.pushState({ step, depth: this.#depth }, '');
  }

  #changed = ({ state }) => {
    if (location.pathname !== this.#path) return; // out of the view
    this.#depth = state?.depth ?? 0;
    if (this.#home) this.#home();
    else this.shown(state?.step ?? this.first);
  };

  /** Back to the entry that the view was opened with, so that what replaces it leaves none of its steps behind. */
  async leave() {
    if (!this.#depth) return;
    const home = new Promise((/** @type {(value?: undefined) => void} */ resolve) => (this.#home = resolve));
    history.go(-this.#depth);
    await within(PATIENCE, home); // an entry that is not there is not waited for
  }

  close() {
    globalThis.removeEventListener('popstate', this.#changed);
  }
}
