// Form fields with label, hint and error tied together for assistive technology.

import { html, live, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';

/** @param {string} id @param {unknown} [hint] @param {unknown} [error] @param {string} [extra] @returns {any} */
export const describedBy = (id, hint, error, extra) =>
  [hint && `${id}-hint`, error && `${id}-error`, extra].filter(Boolean).join(' ') || nothing;

/**
 * The label, hint and error around any control.
 * @param {{id: string, label: unknown, hint?: string, error?: string}} field
 * @param {unknown} control @param {unknown} [after]
 */
export const group = ({ id, label, hint, error }, control, after = nothing) => html`
  <div class="govuk-form-group ${error ? 'govuk-form-group--error' : ''}">
    <label class="govuk-label govuk-label--s" for=${id}>${label}</label>
    ${hint ? html`<div id="${id}-hint" class="govuk-hint">${hint}</div>` : nothing}
    ${error ? errorMessage(id, error) : nothing} ${control} ${after}
  </div>
`;

export const errorMessage = (id, error) =>
  html`<p id="${id}-error" class="govuk-error-message">
    <span class="govuk-visually-hidden">${t('field.error')}</span> ${error}
  </p>`;

/**
 * @typedef {{id: string, label: unknown, hint?: string, error?: string, after?: unknown, counter?: string, rows?: number,
 *   input?: {type?: string, value?: string, autocomplete?: string, inputmode?: string, maxlength?: number,
 *   short?: boolean, code?: boolean, lang?: string, oninput?: (event: any) => void}}} Options `code`: no prose
 */

/**
 * A one-line input.
 * @param {Options} options
 */
export function field({ id, label, hint, error, after, counter, input = {} }) {
  const classes = `govuk-input ${error ? 'govuk-input--error' : ''} ${input.short ? 'govuk-input--width-10' : ''}`;
  const control = html`<input
    class=${classes}
    id=${id}
    name=${id}
    type=${input.type ?? 'text'}
    autocomplete=${input.autocomplete ?? 'off'}
    inputmode=${input.inputmode ?? nothing}
    maxlength=${input.maxlength ?? nothing}
    lang=${input.lang ?? nothing}
    .value=${live(input.value ?? '')}
    aria-describedby=${describedBy(id, hint, error, counter)}
    aria-invalid=${error ? 'true' : nothing}
    @input=${input.oninput}
  />`;
  return group({ id, label, hint, error }, control, after);
}

/** A text of several lines. @param {Options} options */
export function textarea({ id, label, hint, error, after, counter, rows = 5, input = {} }) {
  const control = html`<textarea
    class="govuk-textarea ${error ? 'govuk-textarea--error' : ''} ${input.code ? 'code' : ''}"
    id=${id}
    name=${id}
    rows=${rows}
    lang=${input.lang ?? nothing}
    spellcheck=${input.code ? 'false' : 'true'}
    .value=${live(input.value ?? '')}
    aria-describedby=${describedBy(id, hint, error, counter)}
    aria-invalid=${error ? 'true' : nothing}
    @input=${input.oninput}
  ></textarea>`;
  return group({ id, label, hint, error }, control, after);
}

/**
 * One choice of a few.
 * @param {{name: string, legend: unknown, hint?: string, error?: string, value: string, inline?: boolean,
 *   options: {value: string, label: string, hint?: string}[], onchange: (value: string) => void}} options
 */
export function radios({ name, legend, hint, error, value, options, inline, onchange }) {
  return html`<div class="govuk-form-group ${error ? 'govuk-form-group--error' : ''}">
    <fieldset class="govuk-fieldset" aria-describedby=${describedBy(name, hint, error)}>
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${legend}</legend>
      ${hint ? html`<div id="${name}-hint" class="govuk-hint">${hint}</div>` : nothing}
      ${error ? errorMessage(name, error) : nothing}
      <div class="govuk-radios ${inline ? 'govuk-radios--inline' : ''}">
        ${options.map((option, index) => radio(name, option, index, value, onchange))}
      </div>
    </fieldset>
  </div>`;
}

/** The first choice carries the field's own id, so that an error link lands on it. */
function radio(name, option, index, value, onchange) {
  const id = index ? `${name}-${option.value}` : name;
  return html`<div class="govuk-radios__item">
    <input
      class="govuk-radios__input"
      id=${id}
      name=${name}
      type="radio"
      .value=${option.value}
      .checked=${live(option.value === value)}
      aria-describedby=${option.hint ? `${id}-item-hint` : nothing}
      @change=${() => onchange(option.value)}
    />
    <label class="govuk-label govuk-radios__label" for=${id}>${option.label}</label>
    ${option.hint ? html`<div id="${id}-item-hint" class="govuk-hint govuk-radios__hint">${option.hint}</div>` : nothing}
  </div>`;
}

/** @param {{id: string, label: unknown, hint?: string, checked: boolean, onchange: (on: boolean) => void}} options */
export const checkbox = ({ id, label, hint, checked, onchange }) => html`<div class="govuk-form-group">
  <div class="govuk-checkboxes govuk-checkboxes--small">
    <div class="govuk-checkboxes__item">
      <input
        class="govuk-checkboxes__input"
        id=${id}
        type="checkbox"
        .checked=${live(checked)}
        aria-describedby=${hint ? `${id}-hint` : nothing}
        @change=${(event) => onchange(event.target.checked)}
      />
      <label class="govuk-label govuk-checkboxes__label" for=${id}>${label}</label>
    </div>
  </div>
  ${hint ? html`<p id="${id}-hint" class="govuk-hint counter">${hint}</p>` : nothing}
</div>`;

const option = ({ value, label }, chosen) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`;

/**
 * One choice of many, some of them in groups.
 * @typedef {{value: string, label: string}} Option
 * @param {{id: string, label: unknown, hint?: string, error?: string, value: string, options: Option[],
 *   groups?: {label: string, options: Option[]}[], onchange: (value: string) => void}} options
 */
export function select({ id, label, hint, error, value, options, groups = [], onchange }) {
  const control = html`<select
    class="govuk-select ${error ? 'govuk-select--error' : ''}"
    id=${id}
    name=${id}
    .value=${live(value)}
    aria-describedby=${describedBy(id, hint, error)}
    aria-invalid=${error ? 'true' : nothing}
    @change=${(event) => onchange(event.target.value)}
  >
    ${options.map((one) => option(one, value))}
    ${groups.map((one) => html`<optgroup label=${one.label}>${one.options.map((each) => option(each, value))}</optgroup>`)}
  </select>`;
  return group({ id, label, hint, error }, control);
}

export const submitButton = (label, busy) =>
  html`<button type="submit" class="govuk-button" aria-disabled=${busy ? 'true' : nothing}>
    ${busy ? t('field.busy') : label}
  </button>`;
