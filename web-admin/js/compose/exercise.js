// An exercise from its own way in: what marks it on the page, when it may go, and that it was announced beforehand.

import { html, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { errorMessage, checkbox } from '../shell/fields.js';
import { fromWarsaw, toWarsaw } from '../time/warsaw.js';
import { messageAt } from './errors.js';
import { momentOf } from './instants.js';

const HOUR = 60 * 60 * 1000; // ms
export const AHEAD = 24 * HOUR; // people are told that long before
const AT = 'T10:00'; // on the clock in Poland

/** The first ten o'clock that leaves a day for the announcement. @param {number} now ms */
export function soonest(now = Date.now()) {
  const days = [24, 48].map((hours) => toWarsaw(new Date(now + hours * HOUR)).slice(0, 10));
  return days.flatMap((day) => fromWarsaw(day + AT)).find((moment) => moment.getTime() - now >= AHEAD) ?? new Date(now + AHEAD);
}

/** What a form of an exercise begins with. @param {import('./content.js').Fields} fields @returns {import('./content.js').Fields} */
export const exerciseFields = (fields) => ({
  ...fields,
  values: { ...fields.values, exercise: true, send_at: momentOf(soonest()) },
  when: 'later',
});

export const banner = () => html`<div class="exercise-banner" role="note"><strong>${t('exercise.banner')}</strong> ${t('exercise.banner.more')}</div>`;

/** Asked before it is handed on. @param {any} page the state and actions of page.js */
export function announcedField(page) {
  const error = messageAt(page.errors, 'announced');
  return html`<section class="exercise-announced ${error ? 'govuk-form-group--error' : ''}" aria-labelledby="announced-title">
    <h3 class="govuk-heading-s" id="announced-title">${t('announcement.title')}</h3>
    <p class="govuk-body">${t('announcement.why')}</p>
    ${page.saved.id ? html`<p class="govuk-body"><a class="govuk-link" href="/alerts/${page.saved.id}/announcement">${t('announcement.link')}</a></p>` : nothing}
    ${error ? errorMessage('announced', error) : nothing}
    ${checkbox({ id: 'announced', label: t('announcement.done'), checked: page.announced, onchange: page.announce })}
  </section>`;
}
