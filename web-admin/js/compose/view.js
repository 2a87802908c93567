// The compose page around its form: what went wrong, what was restored, the two ways to go on.

import { html, nothing } from '../../vendor/lit-html.js';
import { Problem } from '../api/request.js';
import { words } from '../api/vocabulary.js';
import { locale, t } from '../i18n/index.js';
import { failurePanel } from '../shell/failure.js';
import { formatTime } from '../time/warsaw.js';
import { errorSummary } from './errors.js';
import { composeForm } from './form.js';
import { reachPanel } from './reach_panel.js';

const stale = (page) => html`<p>${t('compose.stale')}</p>
  <div class="button-row">
    <button type="button" class="govuk-button" @click=${page.discard}>${t('compose.reload')}</button>
    <button type="button" class="govuk-button govuk-button--secondary" @click=${page.keepMine}>${t('compose.keepMine')}</button>
  </div>`;

/** Beneath any failure, what it means for the text: another's change must be settled, else nothing is lost. */
const consequence = (page) =>
  page.failure instanceof Problem && page.failure.status === 412 ? stale(page) : html`<p>${t(page.kept ? 'compose.kept' : 'compose.notKept')}</p>`;

const restored = (page) => html`<div class="govuk-inset-text notice">
  <p>${t('compose.restored', { time: formatTime(page.restored, locale()) })}</p>
  <button type="button" class="govuk-button govuk-button--secondary" @click=${page.discard}>${t('compose.discard')}</button>
</div>`;

const button = (page, name, style = '') => html`<button
  type="submit"
  id=${name}
  value=${name}
  class="govuk-button ${style}"
  aria-disabled=${page.busy ? 'true' : nothing}
>
  ${page.busy === name ? t('field.busy') : t(`compose.${name}`)}
</button>`;

const problems = (page) => html`
  ${page.errors.length ? errorSummary(page.errors) : nothing}
  ${page.failure ? failurePanel(page.failure, consequence(page)) : nothing}
`;

/** @param {any} page the state and actions of compose/page.js */
export const composeView = (page) => html`
  <a class="govuk-back-link" href=${page.alert ? `/alerts/${page.alert.id}` : '/alerts'}>${t('compose.back')}</a>
  ${problems(page)}
  <h1 class="govuk-heading-l" tabindex="-1">${t(page.alert ? 'compose.editTitle' : 'compose.newTitle')}</h1>
  ${page.restored ? restored(page) : nothing}
  ${page.alert && page.alert.state !== words('states')[0]?.value
    ? html`<p class="govuk-inset-text">${t('compose.backToDraft')}</p>`
    : nothing}
  <form novalidate @submit=${page.submit}>
    ${composeForm({ ...page, reach: reachPanel(page.reach, { clip: page.clip, again: page.askReach, faulty: page.faulty }) })}
    <p class="govuk-inset-text">${t('compose.next')}</p>
    <div class="button-row button-row--final">
      ${button(page, 'submit')} ${button(page, 'save', 'govuk-button--secondary')}
    </div>
  </form>
`;
