// For one who is new: what this is and is not, what is stored and why, and agreement before anything is stored.

import { html, live, nothing } from '../../vendor/lit-html.js';
import { LANGUAGES, LANGUAGE_NAMES } from '../i18n/dictionary.js';
import { language, setLanguage, words } from '../i18n/words.js';
import { fetchAhead } from './ahead.js';
import { elsewherePanel, obstacle } from './elsewhere.js';
import { homeScreenPanel, installPanel, needsHomeScreen } from './install.js';
import { reasonOf } from './refused.js';
import { hasAgreed } from '../session/consent.js';
import { beginSteps, progress } from '../shell/steps.js';

// Survives that the view is opened anew in another language.
let agreed = false;
let anyway = false;

export async function open(app) {
  let refusal = '';
  let busy = false;
  let failed = null;
  let copied = false;

  const draw = () => app.redraw();

  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    failed = null;
    refusal = agreed ? '' : words('welcome.consent.missing');
    if (refusal) return complain('consent', refusal);
    busy = true;
    draw();
    return enter().catch(fail);
  }

  async function enter() {
    const { begin } = await import('../session/session.js');
    const session = await begin(language());
    const first = beginSteps();
    app.enter(session);
    app.go(location.pathname === '/' ? first : location.pathname + location.search + location.hash, { replace: true });
  }

  function fail(error) {
    console.error(error);
    busy = false;
    failed = words(`welcome.failed.${reasonOf(error)}`);
    complain('failure', failed);
  }

  function complain(id, text) {
    draw();
    setTimeout(() => document.getElementById(id)?.focus());
    app.say(text);
  }

  const state = () => ({ refusal, busy, failed, draw });
  const onHomeScreen = () => {
    anyway = true;
    draw();
    setTimeout(() => document.getElementById('consent')?.focus());
  };

  async function copy() {
    copied = await navigator.clipboard.writeText(location.href).then(() => true, () => false);
    draw();
  }

  function below() {
    const why = anyway ? null : obstacle();
    if (why) return elsewherePanel(why, { copied, copy, anyway: onHomeScreen });
    return needsHomeScreen() && !anyway ? homeScreenPanel(onHomeScreen) : form(submit, state());
  }

  return {
    title: () => words('welcome.title'),
    template: () => html`
      ${languages()}
      <h1 class="govuk-heading-l">${words('welcome.title')}</h1>
      <p class="govuk-body-l">${words('welcome.lead')}</p>
      ${below()}
    `,
  };
}

const languages = () => html`<div class="languages" role="group" aria-label=${words('welcome.language')}>
  ${LANGUAGES.map(
    (code) => html`<button
      type="button"
      class="languages__button"
      id="language-${code}"
      lang=${code}
      aria-pressed=${code === language() ? 'true' : 'false'}
      @click=${() => setLanguage(code)}
    >
      ${LANGUAGE_NAMES[code]}
    </button>`,
  )}
</div>`;

const list = (title, keys) => html`<h2 class="govuk-heading-s">${words(title)}</h2>
  <ul class="govuk-list govuk-list--bullet">
    ${keys.map((key) => html`<li>${words(`${title}.${key}`)}</li>`)}
  </ul>`;

const form = (submit, { refusal, busy, failed, draw }) => html`
  ${progress('consent')} ${hasAgreed() ? html`<p class="panel panel--warn" id="forgotten">${words('welcome.forgotten')}</p>` : nothing}
  <form novalidate @submit=${submit}>
    ${failed ? failurePanel(failed) : nothing} ${consent(refusal, draw)}
    <button type="submit" class="govuk-button button-wide" id="begin" aria-disabled=${busy ? 'true' : nothing}>
      ${words(busy ? 'welcome.beginning' : 'welcome.begin')}
    </button>
  </form>
  <details class="govuk-details" id="stored">
    <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${words('welcome.stored')}</span></summary>
    <div class="govuk-details__text">
      <ul class="govuk-list govuk-list--bullet">
        ${['place', 'language', 'target', 'receipts'].map((key) => html`<li>${words(`welcome.stored.${key}`)}</li>`)}
      </ul>
      <p class="govuk-body"><strong>${words('welcome.stored.none')}</strong></p>
      ${list('welcome.is', ['1', '2'])} ${list('welcome.not', ['1', '2'])}
      <p class="govuk-body"><a class="govuk-link" href="/app/about">${words('welcome.stored.more')}</a></p>
    </div>
  </details>
  ${installPanel()}
`;

const failurePanel = (failed) => html`<div class="panel panel--bad" id="failure" tabindex="-1">
  <h2 class="govuk-heading-s">${words('welcome.failed')}</h2>
  <p class="govuk-body">${failed}</p>
</div>`;

const consent = (refusal, draw) => html`<div class="govuk-form-group ${refusal ? 'govuk-form-group--error' : ''}">
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
        @change=${(event) => {
          agreed = event.target.checked;
          if (agreed) fetchAhead();
          draw();
        }}
      />
      <label class="govuk-label govuk-checkboxes__label" for="consent">${words('welcome.consent')}</label>
      <div class="govuk-hint govuk-checkboxes__hint" id="consent-hint">${words('welcome.consent.apart')}</div>
    </div>
  </div>
</div>`;
