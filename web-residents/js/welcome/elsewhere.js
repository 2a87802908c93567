// For a browser that can show no notifications, said at once and with what to do: a browser within another app, an old
// system, one without pushes.

import { html, nothing } from '../../vendor/lit-html.js';
import { words } from '../i18n/words.js';
import { permission } from '../receive/permission.js';
import { platform } from '../receive/platform.js';

const LEAST_IOS = 16.4; // WebKit, "Web Push for Web Apps on iOS and iPadOS"

/** @returns {"embedded" | "old-ios" | "unsupported" | null} null: this one will do */
export function obstacle({ system, version, embedded } = platform(), may = permission()) {
  if (embedded && may !== 'granted') return 'embedded';
  if (system === 'ios') return version > 0 && version < LEAST_IOS ? 'old-ios' : null;
  return may === 'unsupported' ? 'unsupported' : null;
}

/** This page in Chrome, where the system opens other apps by such a link (Chrome, "Android Intents with Chrome"). */
const inChrome = () => `intent://${location.host}${location.pathname}${location.search}#Intent;scheme=https;package=com.android.chrome;end`;

/**
 * @param {string} why see `obstacle`
 * @param {{copied: boolean, copy: () => void, anyway: () => void, chrome?: boolean}} state `anyway`: for one who goes on without notifications;
 *   `chrome`: false where the address bar does not have all of the link
 */
export const elsewherePanel = (why, { copied, copy, anyway, chrome = true }) => html`<section class="card" aria-labelledby="elsewhere">
  <h2 class="govuk-heading-m" id="elsewhere" tabindex="-1">${words(`elsewhere.${why}`)}</h2>
  <p class="govuk-body">${words(`elsewhere.${why}.do`)}</p>
  ${chrome && why === 'embedded' && platform().system === 'android'
    ? html`<a class="govuk-button button-wide" id="in-chrome" href=${inChrome()}>${words('elsewhere.chrome')}</a>`
    : nothing}
  ${why === 'old-ios' ? nothing : html`<button type="button" class="govuk-button govuk-button--secondary button-wide" id="copy-address" @click=${copy}>${words(copied ? 'elsewhere.copied' : 'elsewhere.copy')}</button>`}
  <button type="button" class="govuk-button govuk-button--secondary button-wide" id="anyway" @click=${anyway}>${words('install.iphone.anyway')}</button>
</section>`;
