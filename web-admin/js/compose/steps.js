// The steps of composing: on a phone one after the other, on a wider screen all beneath each other (css/compose.css).

import { html, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';

export const STEPS = ['what', 'where', 'details', 'preview'];

/** @param {string} step @param {number} by 1 or -1 */
export const beside = (step, by) => STEPS[STEPS.indexOf(step) + by] ?? null;

/** The step in which an element stands. @param {string} id */
export const stepOf = (id) => /** @type {HTMLElement | null} */ (document.getElementById(id)?.closest('[data-step]'))?.dataset.step ?? null;

/** What is folded is opened on the way to an element. @param {string} id */
export function unfold(id) {
  const element = document.getElementById(id);
  for (let fold = element?.closest('details'); fold; fold = fold.parentElement?.closest('details')) fold.open = true;
}

/** Where the reader starts in a step: at what it asks for first. */
const FIRST = { where: 'names' };
const SEE = 'step-title';

/** @param {string} step */
export function arrive(step) {
  const element = document.getElementById(FIRST[step] ?? `${SEE}-${step}`);
  if (!element) return;
  element.closest('[data-step]')?.scrollIntoView({ block: 'start' });
  element.focus({ preventScroll: true });
}

/** @param {string} step @param {string} now the step that is open @param {unknown} body */
export const stepSection = (step, now, body) => html`<section
  class="step ${step === now ? 'step--now' : ''}"
  data-step=${step}
  aria-labelledby="${SEE}-${step}"
>
  <h2 class="govuk-heading-m" id="${SEE}-${step}" tabindex="-1">${t(`step.${step}`)}</h2>
  ${body}
</section>`;

/** @param {string} now @param {(step: string) => void} go */
export const stepList = (now, go) => html`<nav class="steps" aria-label=${t('steps.title')}>
  <ol>
    ${STEPS.map(
      (step, index) => html`<li>
        <button type="button" class="steps__one" aria-current=${step === now ? 'step' : nothing} @click=${() => go(step)}>
          <span class="steps__number">${index + 1}</span> ${t(`step.${step}.short`)}
        </button>
      </li>`,
    )}
  </ol>
</nav>`;

/** @param {string} now @param {(by: number) => void} move @param {unknown} finish what ends the last step @param {string} told what is covered so far */
export const stepBar = (now, move, finish, told) => html`<div class="step-bar button-row button-row--final">
  ${now === 'where' && told ? html`<p class="step-bar__told" aria-hidden="true">${told}</p>` : nothing}
  ${now === STEPS[0]
    ? nothing
    : html`<button type="button" id="back" class="govuk-button govuk-button--secondary step-bar__move" @click=${() => move(-1)}>${t('steps.back')}</button>`}
  ${beside(now, 1)
    ? html`<button type="button" id="next" class="govuk-button step-bar__move" @click=${() => move(1)}>
        ${t('steps.next', { step: t(`step.${beside(now, 1)}.short`) })}
      </button>`
    : nothing}
  <div class="step-bar__finish ${beside(now, 1) ? '' : 'step-bar__finish--now'}">${finish}</div>
</div>`;
