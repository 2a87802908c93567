// What can be called or opened in an office's text is something to tap.

import { html } from '../../vendor/lit-html.js';
import { linkedParts } from './linked_parts.js';

/** @param {string} text signed by the office */
export const linked = (text) =>
  linkedParts(text).map((part) => (typeof part === 'string' ? part : html`<a class="govuk-link alert-link" href=${part.href} rel="noopener noreferrer nofollow">${part.text}</a>`));
