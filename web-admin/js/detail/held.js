// What an alert waits for, and what was said when it was given back, sent alone or stopped.

import { html, nothing } from '../../vendor/lit-html.js';
import { locale, t } from '../i18n/index.js';
import { formatTime } from '../time/warsaw.js';

const clock = (value) => formatTime(value, locale());

/** @param {{held?: string | null, stopped?: string | null, started?: string | null, finished?: string | null}} alert one that has gone still tells when it was held */
export const heldNotice = ({ held, stopped, started, finished }) => {
  if (held && !started && !finished) return html`<p class="govuk-inset-text" role="status">${t('detail.held', { time: clock(held) })}</p>`;
  return stopped && !finished ? html`<p class="govuk-inset-text" role="status">${t('detail.stopped', { time: clock(stopped) })}</p>` : nothing;
};

/** In a paragraph of its own, with its line breaks. @param {{reason?: string}} alert */
export const reasonNotice = ({ reason }) =>
  reason ? html`<div class="govuk-inset-text" id="reason"><strong>${t('detail.reason')}</strong><br /><span class="lines">${reason}</span></div>` : nothing;
