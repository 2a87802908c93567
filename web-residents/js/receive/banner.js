// Says on every view that this browser will show no alerts, and leads to where that can be mended.
// Not during the first visit, which asks for notifications itself.

import { html, nothing } from '../../vendor/lit-html.js';
import { pending } from '../shell/steps.js';
import { receivingState } from './receiving.js';

const SILENT = ['starting', 'on', 'off', 'offline']; // "off" is what the resident wants

/** @param {{words: (key: string) => string}} app */
export function banner({ words }) {
  const state = receivingState();
  if (SILENT.includes(state) || pending() || location.pathname === '/app/notifications') return nothing;
  return html`<aside class="receive-banner" aria-labelledby="receive-banner-title">
    <p class="receive-banner__title" id="receive-banner-title">${words('receive.banner.title')}</p>
    <p class="receive-banner__text">${words(`receive.banner.${state}`)}</p>
    <p class="receive-banner__link"><a class="govuk-link" href="/app/notifications">${words(`receive.banner.${state}.link`)}</a></p>
  </aside>`;
}
