// What an alert is good for once more: a new one with its words, or with its area.

import { html, nothing } from '../../vendor/lit-html.js';
import { action } from '../api/vocabulary.js';
import { t } from '../i18n/index.js';

const link = (id, what) =>
  html`<a class="govuk-button govuk-button--secondary" draggable="false" href="/alerts/new?${what}=${encodeURIComponent(id)}">${t(`again.${what}`)}</a>`;

/** For those who may write. @param {any} alert */
export const again = ({ id, area }) =>
  action('create').may ? html`<div class="button-row again">${link(id, 'copy')} ${area ? link(id, 'area') : nothing}</div>` : nothing;
