// The point that is being confirmed, in words: what the map shows, for whoever does not see it, too.

import { html, nothing } from '../../vendor/lit-html.js';

const TOLD = 10; // metres; below, a cell is no better
export const ROUGH = 100; // metres; above, the point is not the right one

/**
 * @param {import('./position.js').Position} position
 * @param {ReturnType<typeof import('./street_map.js').housesAt>} near
 * @param {(key: string, values?: object) => string} words
 */
export function pointFacts({ point, accuracy, moved }, near, words) {
  const text = `${point.lat.toFixed(5)}, ${point.lng.toFixed(5)}`;
  return html`<p class="govuk-body place-facts">
    ${near && !(Number(accuracy) > ROUGH) ? houses(near, words) : nothing}
    <span data-fact="point">${words('places.point.at', { text })}</span>
    ${accuracy === null || accuracy < TOLD ? nothing : html`<br /><span data-fact="accuracy">${words('places.point.accuracy', { metres: accuracy })}</span>`}
    ${moved ? html`<br /><span data-fact="moved">${words('places.point.moved')}</span>` : nothing}
  </p>`;
}

/** @param {{nearest: import('./street_map.js').House, beside: import('./street_map.js').House[]}} near */
function houses({ nearest, beside }, words) {
  const others = beside.map((house) => words('places.point.house', house)).join(', ');
  return html`<strong data-fact="near">${words('places.point.near', nearest)}</strong><br />
    ${others ? html`<span data-fact="beside">${words('places.point.beside', { addresses: others })}</span><br />` : nothing}`;
}
