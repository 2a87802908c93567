// What a resident can be spared, as a form: each choice counts as soon as it is made.

import { html, live, nothing } from '../../vendor/lit-html.js';
import { LANGUAGES, LANGUAGE_NAMES } from '../i18n/dictionary.js';
import { label, words } from '../i18n/words.js';
import vocabulary from '../../vendor/vocabulary.js';

const GROUPS = vocabulary.groups.map(({ value }) => value);
const SEVERITIES = vocabulary.severities.map(({ value }) => value).reverse(); // the least first

const languageField = (preferences, change) => html`<div class="govuk-form-group">
  <label class="govuk-label govuk-label--s" for="language">${words('settings.language')}</label>
  <div class="govuk-hint" id="language-hint">${words('settings.language.hint')}</div>
  <select
    class="govuk-select"
    id="language"
    aria-describedby="language-hint"
    .value=${live(preferences.language)}
    @change=${(event) => change({ language: event.target.value })}
  >
    ${LANGUAGES.map((code) => html`<option value=${code} lang=${code} ?selected=${code === preferences.language}>${LANGUAGE_NAMES[code]}</option>`)}
  </select>
</div>`;

/** Whoever wants a group again wants all its categories. */
function toggled(muted, group, wanted) {
  const own = [group, ...vocabulary.categories.flatMap((one) => (one.group === group ? [one.value] : []))];
  return wanted ? muted.filter((name) => !own.includes(name)) : [...muted, group];
}

/** Examples of what belongs to a group, where there are words for them. */
function hintOf(name) {
  const key = `settings.category.${name}.hint`;
  const hint = words(key);
  return hint === key ? null : hint;
}

const group = (name, { muted }, change) => html`<div class="govuk-checkboxes__item">
  <input
    class="govuk-checkboxes__input"
    type="checkbox"
    id="category-${name}"
    .checked=${live(!muted.includes(name))}
    aria-describedby=${hintOf(name) ? `category-${name}-hint` : nothing}
    @change=${(event) => change({ muted: toggled(muted, name, event.target.checked) })}
  />
  <label class="govuk-label govuk-checkboxes__label" for="category-${name}">${label('group', name)}</label>
  ${hintOf(name) ? html`<div class="govuk-hint govuk-checkboxes__hint" id="category-${name}-hint">${hintOf(name)}</div>` : nothing}
</div>`;

const groupFields = (preferences, change) => html`<fieldset class="govuk-fieldset field-set">
  <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${words('settings.categories')}</legend>
  <div class="govuk-checkboxes">${GROUPS.map((name) => group(name, preferences, change))}</div>
</fieldset>`;

const severity = (name, { least_severity }, change) => html`<div class="govuk-radios__item">
  <input
    class="govuk-radios__input"
    type="radio"
    name="severity"
    id="severity-${name}"
    .checked=${live(name === least_severity)}
    @change=${() => change({ least_severity: name })}
  />
  <label class="govuk-label govuk-radios__label" for="severity-${name}">${words(`settings.severity.${name}`)}</label>
</div>`;

const severityFields = (preferences, change) => html`<fieldset class="govuk-fieldset field-set" aria-describedby="severity-hint">
    <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${words('settings.severity')}</legend>
    <div class="govuk-hint" id="severity-hint">${words('settings.severity.hint')}</div>
    <div class="govuk-radios">${SEVERITIES.map((name) => severity(name, preferences, change))}</div>
  </fieldset>
  <div class="panel panel--warn">
    <p class="govuk-body"><strong>${words('settings.extreme')}</strong></p>
    <p class="govuk-body">${words('settings.extreme.why')}</p>
  </div>`;

const hour = (name, hours, error, edit) => html`<div class="govuk-form-group">
  <label class="govuk-label" for="quiet-${name}">${words(`settings.quiet.${name}`)}</label>
  <input
    class="govuk-input ${error ? 'govuk-input--error' : ''}"
    type="time"
    id="quiet-${name}"
    .value=${live(hours[name])}
    aria-invalid=${error ? 'true' : nothing}
    aria-describedby=${error ? 'quiet-error' : nothing}
    @change=${(event) => edit({ ...hours, [name]: event.target.value })}
  />
</div>`;

const error = (text) => html`<p class="govuk-error-message" id="quiet-error" role="alert">
  <span class="govuk-visually-hidden">${words('settings.error')}</span> ${text}
</p>`;

/** @param {{on: boolean, hours: {from: string, to: string}, fault: string | null}} quiet `fault`: key of the words */
const quietFields = ({ on, hours, fault }, turn, edit) => html`<fieldset class="govuk-fieldset field-set">
  <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${words('settings.quiet')}</legend>
  <div class="govuk-checkboxes">
    <div class="govuk-checkboxes__item">
      <input
        class="govuk-checkboxes__input"
        type="checkbox"
        id="quiet"
        .checked=${live(on)}
        aria-describedby="quiet-hint"
        @change=${(event) => turn(event.target.checked)}
      />
      <label class="govuk-label govuk-checkboxes__label" for="quiet">${words('settings.quiet.on')}</label>
      <div class="govuk-hint govuk-checkboxes__hint" id="quiet-hint">${words('settings.quiet.hint')}</div>
    </div>
  </div>
  ${on
    ? html`${fault ? error(words(fault)) : nothing}
        <div class="hours">${hour('from', hours, fault, edit)} ${hour('to', hours, fault, edit)}</div>`
    : nothing}
</fieldset>`;

/** All that can be chosen, in order. @param {{shown: Function, turn: Function, edit: Function}} quiet the hours being edited */
export const choices = (preferences, change, quiet) => html`${languageField(preferences, change)} ${groupFields(preferences, change)}
  ${severityFields(preferences, change)} ${quietFields(quiet.shown(preferences.quiet_hours), quiet.turn, quiet.edit)}`;
