// The reach in words, with the way out when the area leaves the municipality.

import { html, nothing } from '../../vendor/lit-html.js';
import { Problem } from '../api/request.js';
import { t } from '../i18n/index.js';
import { coverageWords } from './coverage_words.js';
import { coversLine } from './covers.js';
import { wordsFor } from '../shell/failure.js';
import { isTold, LEAST_PEOPLE } from '../shell/people.js';

/** "120 adresów, 340 mieszkańców, 510 telefonów", with a word when it is an estimate; of few people no number. */
export const reachWords = (/** @type {import('./reach.js').Figures} */ figures) =>
  [figures.addresses === null ? null : t('reach.addresses', { count: figures.addresses }), peopleWords(figures)].filter(Boolean).join(', ');

/** @param {import('./reach.js').Figures} figures */
function peopleWords({ residents, phones, exact, limited }) {
  if (limited) return t('reach.limited');
  if (!isTold(residents)) return t('reach.few', { least: LEAST_PEOPLE });
  const words = t('reach.words', {
    residents: t('reach.residents', { count: residents }),
    phones: t('reach.phones', { count: phones }),
  });
  return exact ? words : t('reach.estimate', { words });
}

/** What else there is to say: how many phones an alert wakes, how many do not get it, which addresses have none. */
export const reachDetails = (/** @type {import('./reach.js').Figures} */ figures) => [...phonesDetails(figures), ...coverageWords(figures.coverage)];

/** Of an area alone nothing. @param {any} figures */
function phonesDetails({ residents, muted, wakes, limited }) {
  if (limited) return [t('reach.limitedHint')];
  if (!isTold(residents)) return [t('reach.fewHint')];
  return [
    ...(wakes === undefined ? [] : [isTold(wakes) ? t('reach.wakes', { count: wakes }) : t('reach.wakesFew', { least: LEAST_PEOPLE })]),
    ...(isTold(muted) ? [t('reach.muted', { count: muted })] : []),
  ];
}

function failure(error, { clip, again, faulty }) {
  const [first] = error instanceof Problem ? error.errors : [];
  const { title, detail } = wordsFor(error);
  const part = faulty(error);
  return html`<p class="govuk-error-message">
      ${part ? html`<strong>${part.name}:</strong> ` : nothing}${first?.detail ?? `${title}. ${detail}`}
    </p>
    ${part
      ? html`<button type="button" class="govuk-button govuk-button--secondary" @click=${part.remove}>${t('reach.without', { part: part.name })}</button>`
      : nothing}
    ${error.inside
      ? html`<button type="button" class="govuk-button" @click=${() => clip(error.inside)}>${t('reach.clip')}</button>`
      : nothing}
    ${error instanceof Problem && error.status < 500
      ? nothing
      : html`<button type="button" class="govuk-button govuk-button--secondary" @click=${again}>${t('failure.again')}</button>`}`;
}

/** What the API mended in the area, or left out of it. */
const notes = ({ notes: told }) =>
  Array.isArray(told) && told.length
    ? html`<ul class="govuk-list govuk-list--bullet reach__notes">${told.map(({ detail }) => html`<li>${detail}</li>`)}</ul>`
    : nothing;

const content = (reach, actions) => {
  if (reach.status === 'none') return html`<p class="govuk-hint">${t('reach.none')}</p>`;
  if (reach.status === 'busy') return html`<p class="govuk-hint">${t('reach.busy')}</p>`;
  if (reach.status === 'failed') return failure(reach.error, actions);
  const { figures } = reach;
  return html`<p class="reach__figures">${reachWords(figures)}</p>
    ${coversLine(figures.covers)} ${reachDetails(figures).map((words) => html`<p class="reach__detail">${words}</p>`)} ${notes(figures)}`;
};

/**
 * @param {import('./reach.js').Reach} reach
 * @param {{clip: (inside: object) => void, again: () => void, faulty: (error: unknown) => any}} actions
 */
export const reachPanel = (reach, actions) => html`<div class="reach" role="status" aria-labelledby="reach-title">
  <h3 class="govuk-heading-s" id="reach-title">${t('reach.title')}</h3>
  ${content(reach, actions)}
</div>`;
