// Which municipality a point lies in, beside the map.

import { html, nothing } from '../../vendor/lit-html.js';

/**
 * Announced when it changes: moving the point can lead out of the municipality.
 * @param {import('./position.js').Position} position
 * @param {(key: string) => string} words
 * @param {(() => void) | null} again asks anew which there are, when that failed
 */
export const municipalityPanel = ({ municipality, atBorder }, words, again) =>
  html`<div class="panel ${municipality ? 'panel--good' : 'panel--warn'} place-municipality" role="status">
    ${again ? unknown(words, again) : known(municipality, atBorder, words)}
  </div>`;

const unknown = (words, again) => html`<p class="govuk-body"><strong>${words('places.municipality.unknown')}</strong></p>
  <button type="button" class="govuk-button govuk-button--secondary" @click=${again}>${words('places.again')}</button>`;

function known(municipality, atBorder, words) {
  if (municipality) return html`<p class="govuk-body">${words('places.municipality.in')} <strong>${municipality.name}</strong></p>
    ${atBorder ? html`<p class="govuk-body" id="at-border">${words('places.municipality.border')}</p>` : nothing}`;
  return html`<p class="govuk-body"><strong>${words('places.municipality.none')}</strong></p>
    <p class="govuk-body">${words('places.municipality.none.do')}</p>
    <p class="govuk-body"><a class="govuk-link" href="/alerts">${words('places.municipality.list')}</a></p>`;
}
