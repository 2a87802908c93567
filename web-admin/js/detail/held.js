// What an alert waits for, and what was said when it was given back, sent alone or stopped.

import { html, nothing } from '../../vendor/lit-html.js';
import { locale, t } from '../i18n/index.js';
import { formatTime } from '../time/warsaw.js';

const clock = (value) => formatTime(value, locale());

/** What the interlock found, as the history says of the latest hold. @param {any[] | null} history */
const found = (history) => {
  const details = (history ?? []).findLast(({ action }) => action === 'hold')?.details ?? {};
  const words = { changed: 'held.changed', addresses: 'held.addresses', phones: 'held.phones', nobody: 'held.nobody' };
  const key = words[(details.why ?? '').replace('interlock: ', '')];
  return key ? t(key, { approved: details.approved ?? '', found: details.found ?? '' }) : null;
};

/**
 * @param {{held?: string | null, stopped?: string | null, started?: string | null, finished?: string | null}} alert one that has gone still tells when it was held
 * @param {any[] | null} [history]
 */
export const heldNotice = ({ held, stopped, started, finished }, history = null) => {
  const why = held && !finished ? found(history) : null;
  const waits = why && (started ? t('held.stopped', { time: clock(held) }) : t('held.waits', { time: clock(held) }));
  if (why && (!started || held === stopped)) return html`<p class="govuk-inset-text" role="status">${why} ${waits}</p>`;
  if (held && !started && !finished) return html`<p class="govuk-inset-text" role="status">${t('detail.held', { time: clock(held) })}</p>`;
  return stopped && !finished ? html`<p class="govuk-inset-text" role="status">${t('detail.stopped', { time: clock(stopped) })}</p>` : nothing;
};

/** In a paragraph of its own, with its line breaks. @param {{reason?: string}} alert */
export const reasonNotice = ({ reason }) =>
  reason ? html`<div class="govuk-inset-text" id="reason"><strong>${t('detail.reason')}</strong><br /><span class="lines">${reason}</span></div>` : nothing;
