// Draws a page's template anew, once per moment, however many changes came together.

import { onLanguageChange } from '../i18n/index.js';
import { render } from '../../vendor/lit-html.js';
import { keepingFocus } from './focus.js';

/**
 * @param {HTMLElement} root
 * @param {() => unknown} template
 * @returns {{draw: () => void, drawNow: () => void, close: () => void}} `close` ends drawing for good
 */
export function view(root, template) {
  let open = true;
  let waiting = false;
  const drawNow = () => {
    waiting = false;
    if (open) keepingFocus(root, () => render(template(), root));
  };
  const draw = () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(drawNow);
  };
  const forget = onLanguageChange(draw);
  const close = () => {
    open = false;
    forget();
  };
  return { draw, drawNow, close };
}
