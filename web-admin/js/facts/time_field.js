// A fact that is a time: by a tap, or in the browser's own field on the clock in Poland.

import { html, live, nothing } from '../../vendor/lit-html.js';
import { locale, t } from '../i18n/index.js';
import { describedBy, group, radios } from '../shell/fields.js';
import { faultOf, formatTime, fromWarsaw, toApi, toWarsaw } from '../time/warsaw.js';
import { timesOf } from './chips.js';

/**
 * @typedef {{id: string, label: unknown, error?: string, value: any, take: (value: any) => void, fact: any, named: string}} Asked
 *   `value`: RFC 3339, null, or `{local}`: what was typed and is no time
 */

const clock = (instant) => formatTime(instant, locale(), { timeStyle: 'short' });

/** @param {import('./chips.js').Chip} one */
function wordsOf({ instant, days, hours }) {
  if (hours) return t('fact.inHours', { count: hours, time: clock(instant) });
  if (days === 0) return clock(instant);
  return days === 1 ? t('fact.tomorrow', { time: clock(instant) }) : formatTime(instant, locale(), { weekday: 'short', hour: '2-digit', minute: '2-digit' });
}

/** @param {string} words @param {boolean} chosen @param {() => void} choose */
export const chip = (words, chosen, choose) => html`<button type="button" class="tool chip" aria-pressed=${String(chosen)} @click=${choose}>${words}</button>`;

/** @param {string} named @param {unknown} buttons */
export const chips = (named, buttons) => html`<div class="chips" role="group" aria-label=${named}>${buttons}</div>`;

/** A time that need not be given may be left open with one tap, too. */
const buttons = ({ fact, value, take, named }) => {
  const times = timesOf(fact.chips ?? []).map((one) => chip(wordsOf(one), toApi(one.instant) === value, () => take(toApi(one.instant))));
  return chips(named, [...times, fact.required ? nothing : chip(t('fact.notGiven'), !value, () => take(null))]);
};

/** What was typed, as a time where it is one. */
function typed(local) {
  const [instant] = fromWarsaw(local);
  return instant ? toApi(instant) : { local };
}

const localOf = (value) => (typeof value === 'string' ? toWarsaw(new Date(value)) : (value?.local ?? ''));

/** As people say it: browsers show the field in their own way, without the day of the week. */
const spoken = (id, value) => html`<p id="${id}-spoken" class="govuk-hint counter">
  ${typeof value === 'string' ? formatTime(value, locale(), { dateStyle: 'full', timeStyle: 'short' }) : nothing}
  ${value?.local ? t(`error.${faultOf(value.local)}`) : nothing}
</p>`;

/** In the hour that clocks show twice. */
function which({ id, value, take }) {
  const both = typeof value === 'string' ? fromWarsaw(localOf(value)) : [];
  if (both.length < 2) return nothing;
  const options = ['first', 'second'].map((one, index) => ({ value: toApi(both[index]), label: t(`moment.${one}`) }));
  return radios({ name: `${id}-which`, legend: t('moment.twice'), value: toApi(new Date(value)), inline: true, options, onchange: take });
}

/** A field that was only begun is empty to the page, and stays as it is. */
const entered = (take) => ({ target }) => target.validity.badInput || take(target.value ? typed(target.value) : null);

/** @param {Asked} asked */
export function timeField(asked) {
  const { id, label, error, value, take } = asked;
  const control = html`${buttons(asked)}
    <input
      class="govuk-input govuk-input--width-20 ${error ? 'govuk-input--error' : ''}"
      id=${id}
      type="datetime-local"
      .value=${live(localOf(value))}
      aria-describedby=${describedBy(id, '', error, `${id}-spoken`)}
      aria-invalid=${error ? 'true' : nothing}
      @change=${entered(take)}
    />`;
  return html`${group({ id, label, error }, control, spoken(id, value))} ${which(asked)}`;
}
