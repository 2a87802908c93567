// The figures by kind of phone, and by place without pointing at anybody.

import { html, nothing } from '../../vendor/lit-html.js';
import { language, t } from '../i18n/index.js';
import { LEAST_PEOPLE, people } from '../shell/people.js';

const PLATFORMS = ['android', 'ios', 'web'];
const ROWS = ['targeted', 'accepted', 'failed', 'received', 'opened'];

const amount = (value) => html`<td class="figures-table__number">${value}</td>`;

/** @param {Record<string, Record<string, number | null>> | undefined} figures none of a small group */
export const byPlatform = (figures) =>
  figures && Object.keys(figures).length
    ? html`<h3 class="govuk-heading-s" id="platforms-title">${t('platform.title')}</h3>
        <table class="govuk-table figures-table" aria-labelledby="platforms-title" data-table="platforms">
          <thead>
            <tr>
              <td></td>
              ${PLATFORMS.map((platform) => html`<th scope="col" class="figures-table__number">${t(`platform.${platform}`)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${ROWS.map(
              (row) => html`<tr>
                <th scope="row">${t(`short.${row}`)}</th>
                ${PLATFORMS.map((platform) => amount(people(figures[platform]?.[row])))}
              </tr>`,
            )}
          </tbody>
        </table>`
    : nothing;

const degrees = (value) =>
  new Intl.NumberFormat(language(), { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);

/** By the locality nearest to its centre; several of one locality are told apart by their centres. */
function placeName({ lat, lng }, near, taken) {
  const centre = t('places.at', { lat: degrees(lat), lng: degrees(lng) });
  const name = near({ lat, lng });
  if (!name) return centre;
  return taken.filter((other) => other === name).length > 1 ? t('places.one', { name, centre }) : name;
}

const place = (near, taken) => ({ lat, lng, accepted }) => html`<tr>
  <th scope="row">${placeName({ lat, lng }, near, taken)}</th>
  ${amount(people(accepted))}
</tr>`;

/** What is in none of the rows; the groups it is made of are nobody's to see. */
const elsewhere = (rest) =>
  rest > 0
    ? html`<tr>
        <th scope="row">${t('places.elsewhere')}</th>
        ${amount(people(rest))}
      </tr>`
    : nothing;

/**
 * @param {{accepted: number | null, places?: {cell: string, lat: number, lng: number, accepted: number}[]}} summary
 * @param {(point: {lat: number, lng: number}) => string | null} near the locality of a point, when one is known
 */
export const byPlace = ({ accepted, places }, near = () => null) => {
  if (!places?.length || !accepted) return nothing;
  const taken = places.map(near);
  const shown = places.reduce((total, each) => total + each.accepted, 0);
  return html`<details class="govuk-details">
    <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t('places.title')}</span></summary>
    <div class="govuk-details__text">
      <p class="govuk-hint" id="places-hint">${t('places.hint', { least: LEAST_PEOPLE })}</p>
      <table class="govuk-table figures-table" data-table="places" aria-describedby="places-hint">
        <thead>
          <tr>
            <th scope="col">${t('places.place')}</th>
            <th scope="col" class="figures-table__number">${t('short.accepted')}</th>
          </tr>
        </thead>
        <tbody>
          ${places.map(place(near, taken))} ${elsewhere(accepted - shown)}
        </tbody>
      </table>
    </div>
  </details>`;
};
