// A finger on a map that was not chosen scrolls the page, else it would catch everyone who scrolls past: what to do is
// said on the map when somebody tries. The tap that chooses it does nothing else.

import { focusWithTabindex, primaryAction } from '../../vendor/ol.js';

const SAID_MS = 3_000;

/** For interactions by which a map moves: the mouse does at once, a finger once the map was chosen. */
export const byMouseOrChosen = (event) =>
  primaryAction(event) && (event.originalEvent.pointerType !== 'touch' || focusWithTabindex(event));

export class Touch {
  #hint = document.createElement('p');
  /** @type {any} */
  #timer;
  #chosen = true; // before the latest touch

  /** @param {HTMLElement} element of the map @param {string} how to choose it */
  constructor(element, how) {
    this.element = element;
    this.#hint.className = 'map-hint';
    this.#hint.hidden = true;
    this.#hint.setAttribute('aria-hidden', 'true'); // whom it is for sees the map
    element.append(this.#hint);
    const began = ({ pointerType }) => (this.#chosen = pointerType !== 'touch' || element.contains(document.activeElement));
    element.addEventListener('pointerdown', began, true);
    element.addEventListener('touchmove', ({ touches }) => touches.length > 1 || this.#chosen || this.say(how), { passive: true });
  }

  /** Whether the tap that just was is one on a chosen map; one that is not chooses it. @param {string} now what a finger does from now on */
  takes(now) {
    if (this.#chosen) return true;
    this.element.focus({ preventScroll: true });
    this.say(now);
    return false;
  }

  /** @param {string} text */
  say(text) {
    this.#hint.textContent = text;
    this.#hint.hidden = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#hint.hidden = true), SAID_MS);
  }
}
