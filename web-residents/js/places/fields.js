// One-line fields with label, hint and error tied together for assistive technology.

import { html, live, nothing } from '../../vendor/lit-html.js';
import { words } from '../i18n/words.js';

/**
 * @param {{id: string, label: string, hint?: string, error?: string | null, value: string, oninput: (value: string) => void,
 *   input?: {type?: string, maxlength?: number, inputmode?: string, min?: string, max?: string, readonly?: boolean}}} options
 */
export function field({ id, label, hint, error, value, oninput, input = {} }) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return html`<div class="govuk-form-group ${error ? 'govuk-form-group--error' : ''}">
    <label class="govuk-label govuk-label--s" for=${id}>${label}</label>
    ${hint ? html`<div id="${id}-hint" class="govuk-hint">${hint}</div>` : nothing}
    ${error
      ? html`<p id="${id}-error" class="govuk-error-message">
          <span class="govuk-visually-hidden">${words('places.error')}</span> ${error}
        </p>`
      : nothing}
    <input
      class="govuk-input ${error ? 'govuk-input--error' : ''}"
      id=${id}
      name=${id}
      type=${input.type ?? 'text'}
      autocomplete="off"
      inputmode=${input.inputmode ?? nothing}
      maxlength=${input.maxlength ?? nothing}
      min=${input.min ?? nothing}
      max=${input.max ?? nothing}
      ?readonly=${input.readonly}
      .value=${live(value)}
      aria-describedby=${described || nothing}
      aria-invalid=${error ? 'true' : nothing}
      @input=${(event) => oninput(event.target.value)}
    />
  </div>`;
}
