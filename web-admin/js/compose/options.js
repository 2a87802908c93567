// When an alert goes out, and whether it is silent until a moment that suits.

import { html, nothing } from '../../vendor/lit-html.js';
import { locale, t } from '../i18n/index.js';
import { checkbox, radios } from '../shell/fields.js';
import { formatTime } from '../time/warsaw.js';
import { mayBeSilent } from './content.js';
import { messageAt } from './errors.js';
import { instantOf, morningAfter } from './instants.js';
import { moment } from './moment.js';

const timeField = (name, form) => moment(name, form, { id: name, label: t(`compose.${name}`), error: messageAt(form.errors, name) });

export const sending = (form) => html`
  ${radios({
    name: 'when',
    legend: t('compose.when'),
    value: form.fields.when,
    options: ['now', 'later'].map((value) => ({ value, label: t(`when.${value}`), hint: t(`when.${value}.hint`) })),
    onchange: form.sendAt,
  })}
  ${form.fields.when === 'later'
    ? html`${timeField('send_at', form)}
        ${checkbox({ id: 'repeat', label: t('when.repeat'), hint: t('when.repeat.hint'), checked: Boolean(form.fields.repeat), onchange: (repeat) => form.change({ repeat }) })}`
    : nothing}
`;

/** "6:00", or with its day when that is not the next one. */
function spokenTime(instant) {
  const soon = instant - Date.now() < 24 * 60 * 60 * 1000;
  return formatTime(instant, locale(), soon ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' });
}

/** The moment that was chosen, else the one that will be offered. */
const offered = (fields) => (fields.values.sound_at.local ? fields.values.sound_at : morningAfter(fields));

function choose(sound, { fields, change }) {
  const values = sound === 'later' ? { ...fields.values, sound_at: offered(fields) } : fields.values;
  change({ sound, values });
}

const choices = ({ fields }) => {
  const at = instantOf(offered(fields));
  return [
    { value: 'atOnce', label: t('sound.atOnce'), hint: t('sound.atOnce.hint') },
    { value: 'later', label: t(`sound.later.${fields.when}`, { time: at ? spokenTime(at) : '…' }), hint: t('sound.later.hint') },
  ];
};

/** The same by one tap, where an alert would wake people: silently now, with sound in the morning. */
export function soundLater(page) {
  const { fields, reach } = page;
  const wakes = reach.status === 'known' ? reach.figures.wakes : 0;
  if (!mayBeSilent(fields) || !(wakes || fields.sound === 'later')) return nothing;
  const [, later] = choices(page);
  return checkbox({ id: 'silent-now', label: later.label, checked: fields.sound === 'later', onchange: (on) => choose(on ? 'later' : 'atOnce', page) });
}

/** What is always loud leaves nothing to choose. */
export const sound = (form) =>
  mayBeSilent(form.fields)
    ? html`${radios({
          name: 'sound',
          legend: t('compose.sound'),
          value: form.fields.sound,
          error: messageAt(form.errors, 'sound'),
          options: choices(form),
          onchange: (value) => choose(value, form),
        })}
        ${form.fields.sound === 'later' ? timeField('sound_at', form) : nothing}`
    : html`<p class="govuk-inset-text">${t('sound.never')}</p>`;
