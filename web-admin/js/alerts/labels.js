// An alert's states, categories and severities as people read them.

import { html, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';

export const CATEGORIES = ['failure', 'warning', 'disruption', 'event'];
export const SEVERITIES = ['Extreme', 'Severe', 'Moderate', 'Minor'];

const STATE_COLOURS = {
  draft: 'grey',
  submitted: 'yellow',
  scheduled: 'blue',
  active: 'green',
  cancelled: 'red',
  expired: 'grey',
};

export const stateTag = (state) =>
  html`<strong class="govuk-tag govuk-tag--${STATE_COLOURS[state] ?? 'grey'}">${t(`state.${state}`)}</strong>`;

export const severityMark = (severity) =>
  html`<span class="severity severity--${severity.toLowerCase()}">${t(`severity.${severity}`)}</span>`;

/** Stands wherever an alert is named: nobody may take an exercise for the real thing. */
export const exerciseMark = (alert) =>
  alert.exercise ? html`<strong class="govuk-tag govuk-tag--purple exercise">${t('exercise')}</strong>` : nothing;

/** The text in the page's language when there is one, else the Polish one, which always is. */
export const textIn = (alert, language) => alert.texts[language] ?? alert.texts.pl;
