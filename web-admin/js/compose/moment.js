// A field for a time on the clock in Poland.

import { html, live, nothing } from '../../vendor/lit-html.js';
import { locale, t } from '../i18n/index.js';
import { describedBy, group, radios } from '../shell/fields.js';
import { formatTime, fromWarsaw } from '../time/warsaw.js';
import { faultOfMoment, instantOf } from './instants.js';
import { saidAfterEnd } from './said_hours.js';

/** The time as people say it: browsers show the field in their own way, without the day of the week. */
const spoken = (name, typed) => html`<p id="${name}-spoken" class="govuk-hint counter">${wordsOf(typed)}</p>`;

function wordsOf(typed) {
  if (!typed.local) return nothing;
  const instant = instantOf(typed);
  return instant ? formatTime(instant, locale(), { dateStyle: 'full', timeStyle: 'short' }) : t(`error.${faultOfMoment(typed)}`);
}

/** Said beside the end, and no more: what a text means only people know. */
function contradiction(fields) {
  const hour = saidAfterEnd(fields);
  return html`<div role="status">${hour ? html`<p class="govuk-inset-text notice" id="ends-early">${t('moment.endsEarly', { hour })}</p>` : nothing}</div>`;
}

/** Fields of a time that were begun and not ended: to the page they are empty. @returns {string[]} their ids */
export const unfinishedTimes = () =>
  [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('input[type="datetime-local"]'))]
    .filter(({ validity }) => validity.badInput)
    .map(({ id }) => id);

/**
 * A time on the clock in Poland; asks which one when the clock will show it twice.
 * @param {string} name @param {any} form
 * @param {{id: string, label: unknown, hint?: string, error?: string}} common
 */
export function moment(name, form, common) {
  const { fields, set } = form;
  const typed = fields.values[name];
  const hint = [common.hint, t('compose.zone')].filter(Boolean).join(' ');
  const control = html`<input
    class="govuk-input govuk-input--width-20 ${common.error ? 'govuk-input--error' : ''}"
    id=${name}
    name=${name}
    type="datetime-local"
    .value=${live(typed.local)}
    aria-describedby=${describedBy(name, hint, common.error, `${name}-spoken`)}
    aria-invalid=${common.error ? 'true' : nothing}
    @input=${(event) => set({ [name]: { local: event.target.value, second: false } })}
  />`;
  const which = radios({
    name: `${name}-which`,
    legend: t('moment.twice'),
    value: typed.second ? 'second' : 'first',
    inline: true,
    options: ['first', 'second'].map((value) => ({ value, label: t(`moment.${value}`) })),
    onchange: (value) => set({ [name]: { ...typed, second: value === 'second' } }),
  });
  const twice = typed.local && fromWarsaw(typed.local).length > 1;
  return html`${group({ ...common, hint }, control, spoken(name, typed))}${twice ? which : nothing}
  ${name === 'expires' ? contradiction(form.fields) : nothing}`;
}
