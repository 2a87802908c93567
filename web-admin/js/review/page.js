// /review: who may do what, how far, and when they last signed in; printed, looked through, signed once a year.

import { html, nothing } from '../../vendor/lit-html.js';
import * as api from '../api/review.js';
import { word } from '../api/vocabulary.js';
import { locale, t } from '../i18n/index.js';
import { ask } from '../shell/dialog.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { view } from '../shell/view.js';
import { formatTime } from '../time/warsaw.js';

/** @param {HTMLElement} root */
export async function openReview(root) {
  const page = new ReviewPage(root, await api.review());
  page.view.drawNow();
  return () => page.view.close();
}

class ReviewPage {
  /** @type {any} */
  failure = null;

  /** @param {HTMLElement} root @param {api.Review} review */
  constructor(root, review) {
    this.review = review;
    this.view = view(root, () => this.template());
  }

  sign = async () => {
    const body = () => html`<p class="govuk-body">${t('review.sign.body', { people: this.review.people.length })}</p>`;
    if (!(await ask({ title: t('review.sign'), body, confirm: t('review.sign') }))) return;
    try {
      this.review = await api.signReview(this.review.digest);
      this.failure = null;
    } catch (error) {
      this.failure = error;
    }
    this.view.drawNow();
    focusOn(this.failure ? 'failure' : 'review-signed');
  };

  template() {
    const { people, sealed } = this.review;
    return html`${this.failure ? failurePanel(this.failure) : nothing}
      <h1 class="govuk-heading-l" tabindex="-1">${t('review.title')}</h1>
      <p class="govuk-body" id="review-signed" tabindex="-1">${this.signed()}</p>
      <p class="govuk-body">${t(sealed.exists ? 'review.sealed' : 'review.sealed.none', { day: day(sealed.tried) })}</p>
      ${sealed.due ? html`<p class="govuk-inset-text">${t('review.sealed.due')}</p>` : nothing}
      <ol class="govuk-list govuk-list--number">
        ${people.map(person)}
      </ol>
      <div class="button-row">
        <button type="button" class="govuk-button" id="review-sign" @click=${this.sign}>${t('review.sign')}</button>
        <button type="button" class="govuk-button govuk-button--secondary" @click=${() => print()}>${t('review.print')}</button>
      </div>`;
  }

  signed() {
    const { signed, signed_by: by, due } = this.review;
    if (!signed) return t('review.never');
    return t(due ? 'review.due' : 'review.signed', { day: day(signed), by });
  }
}

/** @param {api.Reviewed} one */
const person = ({ name, email, kind, state, roles, scopes, last }) => html`<li class="review__person">
  <strong>${name}</strong> ${email} ${kind === 'break-glass' ? html`(${t('review.sealedAccount')})` : nothing}
  ${state === 'enrolled' ? nothing : html`(${t(`review.state.${state}`)})`}<br />
  ${roles.length ? roles.map((role) => `${word('roles', role).label}${limits(scopes[role])}`).join(', ') : t('review.noRole')}<br />
  ${last ? t('review.last', { day: day(last) }) : t('review.last.none')}
</li>`;

/** How far a role reaches, in the words of the scope. */
const limits = (scope) => {
  const told = Object.entries(scope ?? {}).map(([name, value]) => `${t(`review.scope.${name}`)} ${inWords(name, value)}`.trim());
  return told.length ? ` (${told.join('; ')})` : '';
};

function inWords(name, value) {
  if (name === 'categories') return value.map((one) => word('categories', one).label).join(', ');
  if (name === 'severity') return word('severities', value).label;
  return Array.isArray(value) ? value.length : '';
}

const day = (time) => (time ? formatTime(time, locale(), { dateStyle: 'long' }) : t('review.day.never'));
