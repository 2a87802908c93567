// What an alert's texts leave unsaid, language by language, as the API names it: told plainly, and in nobody's way.

import { html, nothing } from '../../vendor/lit-html.js';
import { has, t } from '../i18n/index.js';
import { label } from './labels.js';

/** `not_known`: a sentence that says so. @typedef {{language: string, element: string, not_known: string | null}} Hole */

/** What is missing, in words. @param {{element: string}} hole */
export const named = ({ element }) => (has(`unsaid.${element}`) ? t(`unsaid.${element}`) : element);

const fillButton = (hole, fill) =>
  fill && hole.not_known ? html` <button type="button" class="tool" @click=${() => fill(hole)}>${t('unsaid.notKnown', { element: named(hole) })}</button>` : nothing;

const line = (language, holes, fill) => html`<li>
  ${label('languages', language)}: ${holes.map(named).join(', ')}${holes.map((hole) => fillButton(hole, fill))}
</li>`;

/** @param {Hole[] | undefined} missing none of an older API @param {((hole: Hole) => void) | null} fill with its sentence */
export function unsaidNote(missing, fill = null) {
  if (!missing?.length) return nothing;
  const languages = [...new Set(missing.map(({ language }) => language))];
  return html`<div class="govuk-inset-text" id="unsaid">
    <p>${t('unsaid.title')}</p>
    <ul class="govuk-list govuk-list--bullet">
      ${languages.map((code) => line(code, missing.filter(({ language }) => language === code), fill))}
    </ul>
    <p>${t('unsaid.next')}</p>
  </div>`;
}

/** What a step says of holes that the page has shown. @param {Hole[] | undefined} missing */
export const allTheSame = (missing) => (missing?.length ? { all_the_same: true } : {});
