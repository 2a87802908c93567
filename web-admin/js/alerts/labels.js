// An alert's state, severity and texts as people read them; what they are called, the API says.

import { html, nothing } from '../../vendor/lit-html.js';
import { firstLanguage, word } from '../api/vocabulary.js';
import { t } from '../i18n/index.js';

export const label = (kind, value) => word(kind, value).label;

export const stateTag = (state) => {
  const { label: name, colour = 'grey' } = word('states', state);
  return html`<strong class="govuk-tag govuk-tag--${colour}">${name}</strong>`;
};

export const severityMark = (severity) => {
  const { label: name, colour = 'grey' } = word('severities', severity);
  return html`<span class="severity severity--${colour}">${name}</span>`;
};

/** Stands wherever an alert is named: nobody may take an exercise for the real thing. */
export const exerciseMark = (alert) =>
  alert.exercise ? html`<strong class="govuk-tag govuk-tag--purple exercise">${t('exercise')}</strong>` : nothing;

/** "Failure: no water": the category with the kind of hazard, when one is named. */
export const subject = ({ category, event }) =>
  [label('categories', category), ...(event ? [label('hazards', event)] : [])].join(': ');

/** The text in the page's language when there is one, else in the one that always is. */
export const textIn = (alert, language) => alert.texts[language] ?? alert.texts[firstLanguage()] ?? Object.values(alert.texts)[0] ?? { title: '', body: '' };
