// /recover: a lost phone, by one of the codes that were put away. The link comes by e-mail.

import { html, nothing } from '../../vendor/lit-html.js';
import { recover } from '../api/enrolment.js';
import { t } from '../i18n/index.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { field, submitButton } from '../shell/fields.js';
import { view } from '../shell/view.js';

/** @param {HTMLElement} root */
export function openRecover(root) {
  const state = { busy: false, done: false, email: '', code: '', failure: /** @type {any} */ (null) };
  const submit = async (event) => {
    event.preventDefault();
    if (state.busy) return;
    const { email, code } = event.target.elements;
    Object.assign(state, { busy: true, failure: null, email: email.value.trim(), code: code.value.trim() });
    page.drawNow();
    const failure = await recover(state.email, state.code).then(
      () => null,
      (error) => error,
    );
    Object.assign(state, { busy: false, done: !failure, failure });
    page.drawNow();
    focusOn(failure ? 'failure' : 'heading');
  };
  const page = view(root, () => template(state, submit));
  page.drawNow();
  return page.close;
}

const template = (state, submit) => html`<div class="sign-in">
  ${state.failure ? failurePanel(state.failure) : nothing}
  <h1 class="govuk-heading-l" id="heading" tabindex="-1">${t(state.done ? 'recover.done' : 'recover.title')}</h1>
  ${state.done ? html`<p class="govuk-body">${t('recover.done.body')}</p>` : form(state, submit)}
</div>`;

const form = (state, submit) => html`<p class="govuk-body">${t('recover.body')}</p>
  <form novalidate @submit=${submit}>
    ${field({ id: 'email', label: t('signIn.email'), input: { type: 'email', autocomplete: 'username', value: state.email } })}
    ${field({ id: 'code', label: t('recover.code'), hint: t('recover.code.hint'), input: { value: state.code } })}
    ${submitButton(t('recover.submit'), state.busy)}
  </form>
  <p class="govuk-body">${t('recover.without')}</p>`;
