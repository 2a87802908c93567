// The template as it will be used: its form, and the text in each language as it is typed.

import { html, nothing } from '../../vendor/lit-html.js';
import { times, withNames } from '../facts/follow.js';
import { factsForm } from '../facts/form.js';
import { BrokenText } from '../facts/gaps.js';
import { missing } from '../facts/given.js';
import { render } from '../facts/render.js';
import { locale, t } from '../i18n/index.js';
import { formatTime } from '../time/warsaw.js';
import { languageName, languagesOf } from './languages.js';

/** Streets to try it on. */
const STREETS = ['ul. Różana', 'ul. Polna'];

/** @returns {unknown} the text, or what keeps it from being made */
function told(template, facts, language) {
  try {
    const text = render(template, facts, language);
    return html`<p class="try__title" data-part="title">${text?.title}</p>
      ${[text?.body, text?.instruction].filter(Boolean).map((part) => html`<p class="try__text">${part}</p>`)}`;
  } catch (error) {
    if (!(error instanceof BrokenText)) throw error;
    return html`<p class="govuk-error-message">${t('templates.broken', { near: error.near })}</p>`;
  }
}

const inLanguage = (template, facts, language) => html`<section class="try__language" lang=${language} aria-labelledby="try-${language}" data-language=${language}>
  <h3 class="govuk-heading-s" id="try-${language}" lang=${language}>${languageName(language)}</h3>
  ${told(template, facts, language)}
</section>`;

const ends = (template, facts) => formatTime(times(template, facts).expires ?? '', locale(), { dateStyle: 'full', timeStyle: 'short' });

/** The text in each language, until when it holds, and whether something is missing. @param {any} template @param {Record<string, any>} facts */
export const outcome = (template, facts) => html`<div class="try__texts">
    ${languagesOf(template).filter((language) => template.texts[language]).map((language) => inLanguage(template, facts, language))}
  </div>
  <p class="govuk-hint">${t('templates.expires', { time: ends(template, facts) })}</p>
  ${missing(template, facts).length > 0 ? html`<p class="govuk-hint">${t('templates.lacks')}</p>` : nothing}`;

/** @param {any} page `template` as the API has it, `tried`: its facts, `tryWith` takes some of them */
export const tryOut = ({ template, tried, tryWith }) => html`<section class="try" aria-labelledby="try-heading">
  <h2 class="govuk-heading-m" id="try-heading">${t('templates.try')}</h2>
  <p class="govuk-hint">${t('templates.try.hint', { streets: STREETS.join(', ') })}</p>
  ${factsForm({ template, facts: tried, errors: {}, set: tryWith, prefix: 'try-', names: STREETS.join(', ') })}
  ${outcome(template, withNames(template, tried, STREETS))}
</section>`;
