// The agreement before anything is stored, with what is stored and why.

import { html, live, nothing } from '../../vendor/lit-html.js';
import { words } from '../i18n/words.js';
import { fetchAhead } from './ahead.js';

const list = (title, keys) => html`<h2 class="govuk-heading-s">${words(title)}</h2>
  <ul class="govuk-list govuk-list--bullet">
    ${keys.map((key) => html`<li>${words(`${title}.${key}`)}</li>`)}
  </ul>`;

export const storedDetails = () => html`<details class="govuk-details" id="stored">
    <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${words('welcome.stored')}</span></summary>
    <div class="govuk-details__text">
      <ul class="govuk-list govuk-list--bullet">
        ${['place', 'language', 'target', 'receipts'].map((key) => html`<li>${words(`welcome.stored.${key}`)}</li>`)}
      </ul>
      <p class="govuk-body"><strong>${words('welcome.stored.none')}</strong></p>
      ${list('welcome.is', ['1', '2'])} ${list('welcome.not', ['1', '2'])}
      <p class="govuk-body"><a class="govuk-link" href="/app/about">${words('welcome.stored.more')}</a></p>
    </div>
  </details>`;

export const failurePanel = (failed) => html`<div class="panel panel--bad" id="failure" tabindex="-1">
  <h2 class="govuk-heading-s">${words('welcome.failed')}</h2>
  <p class="govuk-body">${failed}</p>
</div>`;

/** @param {{refusal: string, agreed: boolean, set: (agreed: boolean) => void, text?: string}} state `refusal`: why it goes on only with it */
export const consent = ({ refusal, agreed, set, text = words('welcome.consent') }) => html`<div class="govuk-form-group ${refusal ? 'govuk-form-group--error' : ''}">
  ${refusal
    ? html`<p id="consent-error" class="govuk-error-message">
        <span class="govuk-visually-hidden">${words('welcome.consent.error')}</span> ${refusal}
      </p>`
    : nothing}
  <div class="govuk-checkboxes">
    <div class="govuk-checkboxes__item">
      <input
        class="govuk-checkboxes__input"
        type="checkbox"
        id="consent"
        .checked=${live(agreed)}
        aria-describedby=${refusal ? 'consent-hint consent-error' : 'consent-hint'}
        aria-invalid=${refusal ? 'true' : nothing}
        @change=${({ target: { checked } }) => {
          if (checked) fetchAhead();
          set(checked);
        }}
      />
      <label class="govuk-label govuk-checkboxes__label" for="consent">${text}</label>
      <div class="govuk-hint govuk-checkboxes__hint" id="consent-hint">${words('welcome.consent.apart')}</div>
    </div>
  </div>
</div>`;
