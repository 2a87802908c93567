// What an alert covers by name, as it was signed: "Różana: wszystkie 42 adresy", "Dworcowa: 7 z 117".

import { html, nothing } from '../../vendor/lit-html.js';
import { areCovers } from '../verify/signed_text.js';

const AT_ONCE = 8; // names; the rest is folded

/** @param {import('./reading.js').Alert} alert; of a release that named no streets there is nothing */
export function covers({ covers: said }, app) {
  if (!said || !areCovers(said)) return nothing;
  const { words, language } = app;
  const number = (value) => value.toLocaleString(language);
  if (!said.names.length) return html`<p class="govuk-body" id="covers">${words('alert.covers.none')}</p>`;
  return html`<section id="covers" aria-labelledby="covers-title">
    <h3 class="govuk-heading-s" id="covers-title">${words('alert.covers')}</h3>
    ${list(said.names.slice(0, AT_ONCE), app)} ${folded(said, app)}
    <p class="govuk-hint">${words('alert.covers.inside', { inside: number(said.inside), total: number(said.total) })}</p>
  </section>`;
}

const list = (names, app) =>
  html`<ul class="govuk-list govuk-list--bullet">
    ${names.map((one) => html`<li>${one.name}: ${share(one, app)}</li>`)}
  </ul>`;

const share = ({ inside, total }, { words, language }) =>
  inside === total
    ? words('alert.covers.all', { count: total, number: total.toLocaleString(language) })
    : words('alert.covers.some', { inside: inside.toLocaleString(language), total: total.toLocaleString(language) });

function folded({ names, more = 0 }, app) {
  const rest = names.slice(AT_ONCE);
  if (!rest.length && !more) return nothing;
  const { words } = app;
  return html`<details class="govuk-details">
    <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${words('alert.covers.rest', { number: rest.length + more })}</span></summary>
    <div class="govuk-details__text">${list(rest, app)} ${more ? html`<p>${words('alert.covers.more', { number: more })}</p>` : nothing}</div>
  </details>`;
}
