// An alert's state, severity and texts as people read them; what they are called, the API says.

import { html, nothing } from '../../vendor/lit-html.js';
import { firstLanguage, word } from '../api/vocabulary.js';
import { language, t } from '../i18n/index.js';

export const label = (kind, value) => word(kind, value).label;

export const stateTag = (state) => {
  const { label: name, colour = 'grey' } = word('states', state);
  return html`<strong class="govuk-tag govuk-tag--${colour}">${name}</strong>`;
};

export const severityMark = (severity) => {
  if (!severity) return nothing;
  const { label: name, colour = 'grey' } = word('severities', severity);
  return html`<span class="severity severity--${colour}">${name}</span>`;
};

/** Stands wherever an alert is named: nobody may take an exercise for the real thing. */
export const exerciseMark = (alert) =>
  alert.exercise ? html`<strong class="govuk-tag govuk-tag--purple exercise">${t('exercise')}</strong>` : nothing;

/** "Failure: no water": the category with the kind of hazard, as far as they are named. */
export const subject = ({ category, event }) =>
  [...(category ? [label('categories', category)] : []), ...(event ? [label('hazards', event)] : [])].join(': ');

/** The text in the page's language when there is one, else in the one that always is. */
export const textIn = (alert, spoken) => alert.texts[spoken] ?? alert.texts[firstLanguage()] ?? Object.values(alert.texts)[0] ?? {};

/** A draft may have none yet. */
export const titleOf = (alert) => textIn(alert, language()).title || textIn(alert, firstLanguage()).title || t('list.untitled');
