// When somebody noticed what the alert is about: asked once, by a tap, and never needed. Residents are not told.

import { html, nothing } from '../../vendor/lit-html.js';
import { chip, chips } from '../facts/time_field.js';
import { locale, t } from '../i18n/index.js';
import { field } from '../shell/fields.js';
import { formatTime, fromWarsaw, toApi, toWarsaw } from '../time/warsaw.js';

const MINUTE = 60 * 1000;
const AGO = [0, 5, 15, 30]; // minutes
const OTHER = 'time';

/** @typedef {{at: string | null, chip: string}} Noticed `chip`: by which it was said */

const ago = (minutes) => toApi(new Date(Date.now() - minutes * MINUTE));

/** A time that is still to come was meant of yesterday, and nobody's business here: the API names it. */
function typed(local) {
  const [moment] = fromWarsaw(local);
  return moment ? toApi(moment) : null;
}

const spoken = (at) => html`<p id="noticed-spoken" class="govuk-hint counter" role="status">${at ? t('noticed.at', { time: formatTime(at, locale()) }) : nothing}</p>`;

/** @param {any} form the state and actions of page.js */
export function noticedField({ fields, change }) {
  /** @type {Noticed} */
  const { at, chip: chosen } = fields.noticed ?? { at: null, chip: '' };
  const take = (next, by) => change({ noticed: { at: next, chip: by } });
  const label = (minutes) => (minutes ? t('noticed.ago', { count: minutes }) : t('noticed.now'));
  return html`<div class="govuk-form-group noticed" id="noticed">
    <p class="govuk-label govuk-label--s" id="noticed-label">${t('noticed.label')} <span class="optional">${t('compose.optional')}</span></p>
    ${chips(t('noticed.label'), [
      ...AGO.map((minutes) => chip(label(minutes), chosen === String(minutes), () => take(ago(minutes), String(minutes)))),
      chip(t('noticed.other'), chosen === OTHER, () => take(at, OTHER)),
    ])}
    ${chosen === OTHER
      ? field({
          id: 'noticed-time',
          label: t('noticed.time'),
          hint: t('compose.zone'),
          input: { type: 'datetime-local', value: at ? toWarsaw(new Date(at)) : '', oninput: ({ target }) => target.value && take(typed(target.value), OTHER) },
        })
      : nothing}
    ${spoken(at)}
  </div>`;
}
