// A template's facts as fields by their type: a time by a tap, the area's names as they follow, the rest typed.

import { html, live, nothing } from '../../vendor/lit-html.js';
import { isAsked } from '../facts/given.js';
import { language, locale, t } from '../i18n/index.js';
import { checkbox, describedBy, field, group } from '../shell/fields.js';
import { formatTime, fromWarsaw, toApi, toWarsaw } from '../time/warsaw.js';
import { messageAt } from './errors.js';
import { timesOf } from './fact_times.js';
import { placeNames } from './place_names.js';

const named = ({ label }) => label[language()] ?? Object.values(label)[0] ?? '';

const labelOf = (fact) => (fact.required ? named(fact) : html`${named(fact)} <span class="optional">${t('compose.optional')}</span>`);

function chipWords({ instant, days }) {
  const clock = formatTime(instant, locale(), { timeStyle: 'short' });
  if (days === 0) return clock;
  return days === 1 ? t('fact.tomorrow', { time: clock }) : formatTime(instant, locale(), { weekday: 'short', hour: '2-digit', minute: '2-digit' });
}

const chip = (choice, value, take) => {
  const at = toApi(choice.instant);
  return html`<button type="button" class="tool chip" aria-pressed=${String(at === value)} @click=${() => take(at === value ? null : at)}>${chipWords(choice)}</button>`;
};

const moment = (local) => {
  const [instant] = fromWarsaw(local);
  return instant ? toApi(instant) : null;
};

/** Chips before the browser's own field. */
const time = ({ id, label, error, value, take, fact }) =>
  group(
    { id, label, error },
    html`<div class="chips" role="group" aria-label=${named(fact)}>${timesOf(fact.chips ?? []).map((choice) => chip(choice, value, take))}</div>
      <input
        class="govuk-input govuk-input--width-20"
        id=${id}
        type="datetime-local"
        .value=${live(value ? toWarsaw(new Date(value)) : '')}
        aria-describedby=${describedBy(id, '', error)}
        @change=${(event) => take(event.target.value ? moment(event.target.value) : null)}
      />`,
  );

const typed = (more = {}) => ({ id, label, error, value, take }) => field({ id, label, error, input: { value: value ?? '', oninput: (event) => take(event.target.value), ...more } });

const BY_TYPE = {
  time,
  day: ({ id, label, error, value, take }) => field({ id, label, error, input: { type: 'date', value: value ?? '', oninput: (event) => take(event.target.value || null) } }),
  text: typed(),
  telephone: typed({ type: 'tel', inputmode: 'tel' }),
  number: ({ id, label, error, value, take }) =>
    field({ id, label, error, input: { inputmode: 'decimal', short: true, value: value ?? '', oninput: (event) => take(numberOf(event.target.value)) } }),
  switch: ({ id, fact, value, take }) => checkbox({ id, label: named(fact), checked: value === true, onchange: take }),
};

const numberOf = (text) => (text.trim() && Number.isFinite(Number(text.replace(',', '.'))) ? Number(text.replace(',', '.')) : null);

/** The area says them: they are shown, and changed where the area is. */
const names = (form, fact) => html`<p class="fact-names">
  <strong>${named(fact)}:</strong> ${placeNames(form.area.parts, form.figures?.covers ?? null, language()).join(', ') || t('fact.noPlace')}
</p>`;

function one(form, fact) {
  if (fact.type === 'names') return names(form, fact);
  const { told, errors } = form;
  const id = `fact-${fact.name}`;
  const take = (value) => told.set({ [fact.name]: value });
  return BY_TYPE[fact.type]?.({ id, label: labelOf(fact), error: messageAt(errors, id), value: told.facts[fact.name], take, fact }) ?? nothing;
}

/** @param {any} form the state and actions of page.js */
export const factForm = (form) =>
  html`<div class="facts">
    ${form.told.template.facts.filter((fact) => isAsked(form.told.template, fact, form.told.facts)).map((fact) => one(form, fact))}
  </div>`;
