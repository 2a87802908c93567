// The figures of a sent alert: what was handed over, what phones confirmed, what people opened.

import { html, nothing } from '../../vendor/lit-html.js';
import { has, locale, t } from '../i18n/index.js';
import { isTold, LEAST_PEOPLE, people } from '../shell/people.js';
import { formatTime } from '../time/warsaw.js';
import { byChannel } from './channels.js';
import { byPlace, byPlatform } from './groups.js';
import { overTime } from './over_time.js';

const sum = (failed) => Object.values(failed ?? {}).reduce((total, count) => total + count, 0);

const OF = { accepted: 'targeted', received: 'accepted', opened: 'accepted' }; // what a figure is a share of

/** "80 % of those covered": of rounded figures, so about; of what is not told, or not to be believed, nothing. */
function share(key, summary) {
  const { [key]: value, unverified } = summary;
  const whole = summary[OF[key]];
  if (unverified || !isTold(value) || !whole || value > whole) return nothing;
  const percent = new Intl.NumberFormat(locale(), { style: 'percent' }).format(value / whole);
  return html`<dd class="figure__share">${t(`figures.share.${OF[key]}`, { percent })}</dd>`;
}

/** How many phones there will be is known only at the end. */
const isSending = (summary) => summary.deliveries?.some(({ state }) => state === 'sending') ?? false;

const figure = (key, summary, emphasis = '') => html`<div class="figure ${emphasis}">
  <dt>${t(`figures.${key}`)}</dt>
  <dd data-figure=${key}>${people(summary[key])}</dd>
  ${OF[key] && !isSending(summary) ? share(key, summary) : nothing}
</div>`;

/** What ended a phone's turn; one that a later release knows is another reason. */
const reason = (name) => t(has(`failed.${name}`) ? `failed.${name}` : 'failed.other');

const reasons = (failed) => html`<details class="govuk-details">
  <summary class="govuk-details__summary">
    <span class="govuk-details__summary-text">${t('figures.reasons')}</span>
  </summary>
  <div class="govuk-details__text">
    <ul class="govuk-list">
      ${Object.entries(failed).map(([name, count]) => html`<li>${reason(name)}: ${people(count)}</li>`)}
    </ul>
  </div>
</details>`;

/** They are counted while they are reached. */
const progress = (summary) =>
  summary && isSending(summary) ? html`<p class="govuk-body">${t('figures.sending')}</p>` : nothing;

/** One sentence with all that matters, for screen readers. */
export const figuresInWords = (summary) =>
  t('figures.sentence', {
    accepted: people(summary.accepted),
    targeted: people(summary.targeted),
    received: people(summary.received),
    opened: people(summary.opened),
  });

const freshness = (summary, stale) => {
  if (stale) return html`<p class="govuk-error-message">${t('figures.stale')}</p>`;
  if (!summary?.updated) return nothing;
  const time = formatTime(summary.updated, locale(), { timeStyle: 'medium' });
  return html`<p class="govuk-hint figures__time">${t('figures.updated', { time })}</p>`;
};

/**
 * @param {any | null} summary null until the first figures came
 * @param {boolean} stale the last attempt to get figures failed
 * @param {(point: {lat: number, lng: number}) => string | null} near the locality of a point, when one is known
 */
export const figuresPanel = (summary, stale, near = () => null) => html`<section class="panel" aria-labelledby="figures-title">
  <h2 class="govuk-heading-m" id="figures-title">${t('figures.title')}</h2>
  ${progress(summary)}
  ${summary
    ? html`<dl class="figures">
          ${figure('targeted', summary)} ${figure('accepted', summary)} ${figure('received', summary, 'figure--main')}
          ${figure('opened', summary, 'figure--main')} ${figure('failed', { failed: sum(summary.failed) })}
          ${isTold(summary.rung) ? figure('rung', summary) : nothing} ${isTold(summary.not_mine) ? figure('not_mine', summary) : nothing}
        </dl>
        ${sum(summary.failed) ? reasons(summary.failed) : nothing} ${byChannel(summary.deliveries)}
        ${byPlatform(summary.by_platform)}
        ${overTime(summary.series)} ${byPlace(summary, near)}`
    : html`<p class="govuk-body">${t('figures.waiting')}</p>`}
  ${summary?.unverified ? html`<p class="govuk-error-message" id="unverified">${t('figures.unverified')}</p>` : nothing}
  ${freshness(summary, stale)}
  <p class="govuk-hint">${t('figures.meaning')} ${t('figures.rounded', { least: LEAST_PEOPLE })}</p>
</section>`;
