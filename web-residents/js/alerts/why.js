// Why an alert is shown to me, and where my places lie from its area: what the map shows, in words.

import { html, nothing } from '../../vendor/lit-html.js';
import { distance, polygonsOf } from '../places/shapes.js';
import { nameOf } from '../places/label.js';
import { meant } from './meant.js';

/**
 * @param {import('./reading.js').Alert} alert
 * @param {import('./reading.js').Alert[]} thread
 * @param {import('./whereabouts.js').Located[]} places
 * @returns {"mine" | "thread" | "other"} whether it means one of my places, or an earlier message about it did
 */
export function relation(alert, thread, places) {
  if (meant(alert, places).length) return 'mine';
  return thread.some((one) => meant(one, places).length) ? 'thread' : 'other';
}

export function why(alert, thread, places, app) {
  const how = relation(alert, thread, places);
  const names = meant(alert, places).map((place) => nameOf(place, app));
  return html`<section aria-labelledby="why">
    <h2 class="govuk-heading-m" id="why">${app.words('alert.why')}</h2>
    <p class="govuk-body" id="why-text">${app.words(`alert.why.${how}`, { area: alert.area_name, places: names.join(', ') })}</p>
    ${how === 'mine' ? html`<p class="govuk-hint">${app.words('alert.why.border')}</p>` : nothing}
  </section>`;
}

export function placesInWords(alert, places, app) {
  if (!places.length) return nothing;
  const polygons = polygonsOf(alert.area);
  const inside = meant(alert, places);
  return html`<h3 class="govuk-heading-s" id="my-places">${app.words('alert.places')}</h3>
    <ul class="govuk-list" aria-labelledby="my-places">
      ${places.map((place) => html`<li>${placeInWords(place, inside.includes(place), metresTo(polygons, place), app)}</li>`)}
    </ul>`;
}

/** Of a whole village the nearest address counts. */
const metresTo = (polygons, { point, points = [point] }) => points.reduce((nearest, one) => Math.min(nearest, distance(polygons, one)), Infinity);

function placeInWords(place, inside, metres, app) {
  const label = nameOf(place, app);
  return inside ? app.words('alert.place.in', { label }) : app.words('alert.place.out', { label, distance: length(metres, app) });
}

/** To ten metres up to a kilometre, else to a hundred; never nought. */
function length(metres, { words, language }) {
  if (metres < 995) return words('alert.metres', { count: Math.max(10, Math.round(metres / 10) * 10) });
  const kilometres = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(metres / 1000);
  return words('alert.kilometres', { count: kilometres });
}
