// The addresses about where the phone is: one of them is taken by name.

import { html } from '../../vendor/lit-html.js';
import { nameOfAddress, whereItIs } from '../address/address.js';

const ABOUT = 5; // metres to which a distance is told

const told = (metres) => Math.max(ABOUT, Math.round(metres / ABOUT) * ABOUT);

/** @param {{app: any, found: import('../address/nearest.js').Near[], onAddress: (address: any) => void, onNone: () => void}} options */
export const nearStep = ({ app: { words }, found, onAddress, onNone }) => ({
  close() {},
  template: () => html`<section class="place-way" aria-labelledby="place-point">
    <h2 class="govuk-heading-m" id="place-point" tabindex="-1">${words('address.near.title')}</h2>
    <ul class="near-list">
      ${found.map(
        ({ address, metres }) => html`<li>
          <button type="button" class="near-list__button" @click=${() => onAddress(address)}>
            <strong>${nameOfAddress(address)}</strong> <span class="combobox__about">${words('address.near.at', { place: whereItIs(address), metres: told(metres) })}</span>
          </button>
        </li>`,
      )}
    </ul>
    <button type="button" class="govuk-button govuk-button--secondary" id="none-of-these" @click=${onNone}>${words('address.near.none')}</button>
  </section>`,
});
