// The office's main figure: how many addresses have a phone, by street, and which phones cannot ring.

import { html, nothing } from '../../vendor/lit-html.js';
import { coverage } from '../api/coverage.js';
import { locale, number, t } from '../i18n/index.js';
import { people } from '../shell/people.js';
import { view } from '../shell/view.js';
import { formatTime } from '../time/warsaw.js';
import { shareInWords } from './share.js';

/** @typedef {import('../api/coverage.js').Coverage} Coverage */

const MOST = 30; // streets that are shown at first
const PHONES = ['registered', 'joined', 'iphones', 'iphones_joined'];
const REASONS = ['permission', 'lost', 'muted', 'no_place'];

export async function openCoverage(root) {
  const known = await coverage();
  let all = false;
  const page = view(root, () => template(known, all, showAll));
  const showAll = () => {
    all = true;
    page.drawNow();
    /** @type {HTMLElement | null} */ (root.querySelector(`[data-table="streets"] tbody tr:nth-child(${MOST + 1}) th`))?.focus();
  };
  page.drawNow();
  return page.close;
}

/** @param {Coverage | null} known @param {boolean} all @param {() => void} showAll */
const template = (known, all, showAll) => html`
  <h1 class="govuk-heading-l" tabindex="-1">${t('coverage.title')}</h1>
  ${known ? counted(known, all, showAll) : html`<p class="govuk-body">${t('coverage.none')}</p>`}
`;

/** @param {Coverage} known @param {boolean} all @param {() => void} showAll */
const counted = (known, all, showAll) => html`
  <p class="govuk-hint">${t('coverage.counted', { time: formatTime(known.counted, locale(), { dateStyle: 'long' }) })}</p>
  <p class="govuk-body-l" data-figure="share">
    ${known.share === null ? t('coverage.few') : t('coverage.share', { share: shareInWords(known.share), addresses: known.addresses })}
  </p>
  <h2 class="govuk-heading-m" id="phones-title">${t('coverage.phones')}</h2>
  <table class="govuk-table figures-table" aria-labelledby="phones-title" data-table="phones">
    <tbody>
      ${PHONES.map((name) => row(t(`coverage.${name}`), people(known[name]), name))}
    </tbody>
  </table>
  <h2 class="govuk-heading-m" id="silent-title">${t('coverage.silent')}</h2>
  <table class="govuk-table figures-table" aria-labelledby="silent-title" data-table="silent">
    <tbody>
      ${REASONS.map((why) => row(reason(why, known.served), people(known.silent[why]), why))}
    </tbody>
  </table>
  ${streets(known.streets, all, showAll)}
  <p class="govuk-hint">${t('coverage.meaning')}</p>
`;

/** Phones without a place belong to no municipality: with several served, they are counted together. */
const reason = (why, served) => t(why === 'no_place' && served > 1 ? 'coverage.no_place.all' : `coverage.${why}`);

const row = (label, value, name) => html`<tr data-row=${name}>
  <th scope="row">${label}</th>
  <td class="figures-table__number">${value}</td>
</tr>`;

/** @param {Coverage['streets']} known @param {boolean} all @param {() => void} showAll */
const streets = (known, all, showAll) =>
  known.length
    ? html`<h2 class="govuk-heading-m" id="streets-title">${t('coverage.streets')}</h2>
        <table class="govuk-table figures-table" aria-labelledby="streets-title" data-table="streets">
          <thead>
            <tr>
              <th scope="col">${t('coverage.street')}</th>
              <th scope="col" class="figures-table__number">${t('coverage.addresses')}</th>
              <th scope="col" class="figures-table__number">${t('coverage.withPhone')}</th>
            </tr>
          </thead>
          <tbody>
            ${known.slice(0, all ? known.length : MOST).map(street)}
          </tbody>
        </table>
        ${all || known.length <= MOST
          ? nothing
          : html`<button type="button" class="govuk-button govuk-button--secondary" @click=${showAll}>
              ${t('coverage.all', { count: known.length })}
            </button>`}`
    : nothing;

/** @param {import('../api/coverage.js').Street} one */
const street = ({ codes, name, locality, addresses, share }) => html`<tr data-code=${codes[0]}>
  <th scope="row" tabindex="-1">${name || t('coverage.shortStreets', { count: codes.length })}${locality && locality !== name ? `, ${locality}` : ''}</th>
  <td class="figures-table__number">${number(addresses)}</td>
  <td class="figures-table__number">${shareInWords(share)}</td>
</tr>`;
