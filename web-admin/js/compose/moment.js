// A field for a time on the clock in Poland.

import { html, live, nothing } from '../../vendor/lit-html.js';
import { language, t } from '../i18n/index.js';
import { group, radios } from '../shell/fields.js';
import { formatTime, fromWarsaw } from '../time/warsaw.js';
import { instantOf } from './content.js';
import { messageAt } from './errors.js';

/** The time as people say it: browsers show the field in their own way, without the day of the week. */
const spoken = (name, instant) => html`<p id="${name}-spoken" class="govuk-hint counter">
  ${instant ? formatTime(instant, language(), { dateStyle: 'full', timeStyle: 'short' }) : nothing}
</p>`;

/** A time on the clock in Poland; asks which one when the clock will show it twice. */
export function moment(name, { fields, errors, change }) {
  const typed = fields[name];
  const twice = typed.local && fromWarsaw(typed.local).length > 1;
  const control = html`<input
    class="govuk-input govuk-input--width-20 ${messageAt(errors, name) ? 'govuk-input--error' : ''}"
    id=${name}
    name=${name}
    type="datetime-local"
    .value=${live(typed.local)}
    aria-describedby="${name}-hint ${name}-spoken ${messageAt(errors, name) ? `${name}-error` : ''}"
    aria-invalid=${messageAt(errors, name) ? 'true' : nothing}
    @input=${(event) => change({ [name]: { local: event.target.value, second: false } })}
  />`;
  const which = radios({
    name: `${name}-which`,
    legend: t('moment.twice'),
    value: typed.second ? 'second' : 'first',
    inline: true,
    options: ['first', 'second'].map((value) => ({ value, label: t(`moment.${value}`) })),
    onchange: (value) => change({ [name]: { ...typed, second: value === 'second' } }),
  });
  return html`${group(
    { id: name, label: t(`compose.${name}`), hint: t('compose.zone'), error: messageAt(errors, name) },
    control,
    spoken(name, instantOf(typed)),
  )}${twice ? which : nothing}`;
}
