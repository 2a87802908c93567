// The alert as residents will see it, with what it covers and whom it reaches: the same for whoever writes and whoever approves.

import { html, nothing, ref } from '../../vendor/lit-html.js';
import { word } from '../api/vocabulary.js';
import { t } from '../i18n/index.js';
import { coversLine } from './covers.js';
import { lockScreens } from './lock_screens.js';
import { reachDetails, reachWords } from './reach_panel.js';

const mark = (language, exercise) => (exercise ? (word('languages', language).exercise_mark ?? '') : '');

const first = (language, text, exercise) => html`<div class="preview__language" data-language=${language}>
  ${lockScreens({ title: text.title ?? '', body: text.body ?? '' }, language, mark(language, exercise))}
</div>`;

const other = (language, text, exercise) => html`<details class="preview__other" data-language=${language}>
  <summary>${word('languages', language).label}</summary>
  ${first(language, text, exercise)}
</details>`;

/** @param {Record<string, any>} texts by language, the first one first @param {boolean} exercise */
export function previewTexts(texts, exercise) {
  const [main, ...others] = Object.entries(texts);
  if (!main) return nothing;
  return html`${first(...main, exercise)} ${others.map(([language, text]) => other(language, text, exercise))}`;
}

/** Numbers, and what they mean. @param {any} figures null while they are not known */
export const previewReach = (figures) =>
  figures
    ? html`<p class="preview__figures">${reachWords(figures)}</p>
        ${reachDetails(figures).map((words) => html`<p class="preview__detail">${words}</p>`)}
        <p class="govuk-hint">${t('preview.numbers')}</p>`
    : html`<p class="govuk-hint">${t('reach.none')}</p>`;

/** @param {(element: Element | undefined) => void} mount @param {string} name of the area */
export const previewMap = (mount, name) =>
  html`<div class="preview-map" tabindex="0" role="application" aria-label=${t('map.shown', { name })} ${ref(mount)}></div>`;

const wherePart = ({ figures, mount, name }) => html`<h3 class="govuk-heading-s">${t('preview.where')}</h3>
  ${coversLine(figures?.covers)} ${previewMap(mount, name)}`;

const reachPart = ({ figures, times }) => html`<h3 class="govuk-heading-s">${t('reach.title')}</h3>
  <div class="preview__reach">${previewReach(figures)}</div>
  ${times.map((words) => html`<p class="preview__time">${words}</p>`)}`;

/**
 * @param {{texts: Record<string, any>, exercise: boolean, figures: any, times: string[], mount: (element: Element | undefined) => void, name: string}} alert
 * @param {unknown} decision what is decided here, next to whom it reaches; nothing: the preview alone
 */
export const preview = (alert, decision = nothing) => html`
  ${previewTexts(alert.texts, alert.exercise)}
  ${decision === nothing ? html`${wherePart(alert)} ${reachPart(alert)}` : html`${reachPart(alert)} ${decision} ${wherePart(alert)}`}
`;
