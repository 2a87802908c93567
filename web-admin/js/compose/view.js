// The compose page around its form: what went wrong, what was restored, the two ways to go on.

import { html, nothing } from '../../vendor/lit-html.js';
import { Problem } from '../api/request.js';
import { words } from '../api/vocabulary.js';
import { locale, t } from '../i18n/index.js';
import { failurePanel } from '../shell/failure.js';
import { formatTime } from '../time/warsaw.js';
import { errorSummary } from './errors.js';
import { coversWords } from './covers.js';
import { composeForm } from './form.js';
import { composePreview } from './own_preview.js';
import { reachPanel } from './reach_panel.js';
import { stepBar, stepList } from './steps.js';

const stale = (page) => html`<p>${t('compose.stale')}</p>
  ${page.changes.length ? html`<ul class="govuk-list govuk-list--bullet" id="changes">${page.changes.map((one) => html`<li>${one}</li>`)}</ul>` : nothing}
  <div class="button-row">
    <button type="button" class="govuk-button" @click=${page.sending.keepMine}>${t('compose.keepMine')}</button>
    <button type="button" class="govuk-button govuk-button--secondary" @click=${page.draft.discard}>${t('compose.reload')}</button>
  </div>`;

/** Beneath any failure, what it means for the text: another's change must be settled, else nothing is lost. */
const consequence = (page) =>
  page.failure instanceof Problem && page.failure.status === 412 ? stale(page) : html`<p>${t(page.draft.kept ? 'compose.kept' : 'compose.notKept')}</p>`;

const restored = (page) => html`<div class="govuk-inset-text notice">
  <p>${t('compose.restored', { time: formatTime(page.restored, locale()) })}</p>
  <button type="button" class="govuk-button govuk-button--secondary" @click=${page.draft.discard}>${t('compose.discard')}</button>
</div>`;

/** What was replaced by a ready text, or taken back, is not lost. */
const putBack = (page) => html`<div class="govuk-inset-text notice">
  <p>${t('compose.replaced')}</p>
  <button type="button" id="put-back" class="govuk-button govuk-button--secondary" @click=${page.draft.putBack}>${t('compose.putBack')}</button>
</div>`;

/** Where the text is kept, and since when. */
const draftState = ({ draft: { autosave: { told } } }) =>
  told.state === 'none'
    ? nothing
    : html`<p class="govuk-hint draft-state" data-draft=${told.state}>
        ${t(`draft.${told.state}`, { time: told.at ? formatTime(told.at, locale(), { timeStyle: 'short' }) : '' })}
      </p>`;

/** No submit button: Enter in a field hands nothing on. */
const button = (page, name, style = '') => html`<button
  type="button"
  id=${name}
  @click=${() => page.sending.send(name === 'submit')}
  class="govuk-button ${style}"
  aria-disabled=${page.busy ? 'true' : nothing}
>
  ${page.busy === name ? t('field.busy') : t(`compose.${name}`)}
</button>`;

const problems = (page) => html`
  ${page.errors.length ? html`<div @click=${page.follow}>${errorSummary(page.errors)}</div>` : nothing}
  ${page.failure ? failurePanel(page.failure, consequence(page)) : nothing}
`;

/** In short, for the foot of a phone's screen. */
const toldOf = (reach) => (reach.status === 'known' && reach.figures.covers?.inside ? `${t('covers.title')} ${coversWords(reach.figures.covers)}` : '');

const titleOf = ({ alert, exercise }) => {
  if (exercise) return alert ? 'exercise.editTitle' : 'exercise.newTitle';
  return alert ? 'compose.editTitle' : 'compose.newTitle';
};

/** The way with a second person, and the one that hands nothing on. */
const secondPerson = (page) => html`${button(page, 'submit', page.alone ? 'govuk-button--secondary' : '')} ${button(page, 'save', 'govuk-button--secondary')}`;

const announced = (page) => (page.exercise ? page.more.announcedField(page) : nothing);

const lastStep = (page) =>
  page.alone ? composePreview(page, html`${announced(page)} ${page.alone.panel(secondPerson(page))}`) : html`${composePreview(page)} ${announced(page)}`;

/** @param {any} page the state and actions of compose/page.js */
export const composeView = (page) => html`
  <a class="govuk-back-link" href=${page.alert ? `/alerts/${page.alert.id}` : '/alerts'}>${t('compose.back')}</a>
  ${problems(page)}
  ${page.exercise ? page.more.banner() : nothing}
  <h1 class="govuk-heading-l" tabindex="-1">${t(titleOf(page))}</h1>
  ${page.restored ? restored(page) : nothing} ${page.draft.before ? putBack(page) : nothing}
  ${page.alert && page.alert.state !== words('states')[0]?.value
    ? html`<p class="govuk-inset-text">${t('compose.backToDraft')}</p>`
    : nothing}
  ${stepList(page.step, page.go)}
  <form novalidate class="composing ${page.exercise ? 'composing--exercise' : ''}" @submit=${(event) => event.preventDefault()}>
    ${composeForm({ ...page, exercise: page.exercise, reach: reachPanel(page.reach, { clip: page.clip, again: page.askReach, faulty: page.faulty }), preview: lastStep(page), figures: page.reach.figures ?? null })}
    ${draftState(page)}
    ${stepBar(page.step, page.move, page.alone ? page.alone.button() : secondPerson(page), toldOf(page.reach))}
  </form>
`;
