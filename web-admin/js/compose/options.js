// What an author may ask for beside the text: an exercise, and silence until a moment that suits.

import { html, live, nothing } from '../../vendor/lit-html.js';
import { language, t } from '../i18n/index.js';
import { radios } from '../shell/fields.js';
import { formatTime } from '../time/warsaw.js';
import { instantOf, mayBeSilent, morningAfter } from './content.js';
import { messageAt } from './errors.js';
import { moment } from './moment.js';

const checkbox = (name, checked, onchange, hint) => html`<div class="govuk-form-group">
  <div class="govuk-checkboxes govuk-checkboxes--small">
    <div class="govuk-checkboxes__item">
      <input
        class="govuk-checkboxes__input"
        id=${name}
        type="checkbox"
        .checked=${live(checked)}
        aria-describedby=${hint ? `${name}-hint` : nothing}
        @change=${(event) => onchange(event.target.checked)}
      />
      <label class="govuk-label govuk-checkboxes__label" for=${name}>${t(`compose.${name}`)}</label>
    </div>
  </div>
  ${hint ? html`<p id="${name}-hint" class="govuk-hint counter">${hint}</p>` : nothing}
</div>`;

export const english = ({ fields, change }) => checkbox('english', fields.english, (on) => change({ english: on }));

export const exercise = ({ fields, change }) =>
  checkbox('exercise', fields.exercise, (on) => change({ exercise: on }), t('compose.exercise.hint'));

/** "6:00", or with its day when that is not the next one. */
function spokenTime(instant) {
  const soon = instant - Date.now() < 24 * 60 * 60 * 1000;
  return formatTime(instant, language(), soon ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' });
}

/** The moment that was chosen, else the one that will be offered. */
const offered = (fields) => (fields.sound_at.local ? fields.sound_at : morningAfter(fields));

function choose(value, { fields, change }) {
  change({ sound: value, ...(value === 'later' && { sound_at: offered(fields) }) });
}

const choices = ({ fields }) => {
  const at = instantOf(offered(fields));
  const begins = fields.when === 'later' ? 'scheduled' : 'now';
  return [
    { value: 'atOnce', label: t('sound.atOnce'), hint: t('sound.atOnce.hint') },
    { value: 'later', label: t(`sound.later.${begins}`, { time: at ? spokenTime(at) : '…' }), hint: t('sound.later.hint') },
  ];
};

/** An evacuation is never silent, so there is nothing to choose then. */
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
        ${form.fields.sound === 'later' ? moment('sound_at', form) : nothing}`
    : html`<p class="govuk-inset-text">${t('sound.never')}</p>`;
