// Facts that a tap puts into the text where the caret was.

import { html } from '../../vendor/lit-html.js';
import { factRules } from '../api/vocabulary.js';
import { nameOfFact } from '../facts/form.js';
import { t } from '../i18n/index.js';

/** Where the caret was last, by language. @type {Map<string, string>} */
const last = new Map();

const PASSING = ['Tab', 'Shift']; // keys by which one only comes by

/** @param {string} language @param {string} id of the field @param {string} key that was pressed there, if it was one */
export function remember(language, id, key = '') {
  if (!PASSING.includes(key)) last.set(language, id);
}

/** @param {string} id @param {string} gap */
function insert(id, gap) {
  const field = /** @type {HTMLTextAreaElement | null} */ (document.getElementById(id));
  if (!field) return;
  field.setRangeText(gap, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
}

/** A fact in each of its forms; a switch only decides whether a sentence stands. */
const gapsOf = (fact) => {
  const forms = factRules()?.forms[fact.type] ?? [];
  if (fact.type === 'switch') return [{ gap: `{${fact.name}?}`, words: t('templates.gap.switch', { fact: nameOfFact(fact) }) }];
  if (!forms.length) return [{ gap: `{${fact.name}}`, words: nameOfFact(fact) }];
  return forms.map((form) => ({ gap: `{${fact.name}:${form}}`, words: t(`templates.gap.${fact.type}.${form}`, { fact: nameOfFact(fact) }) }));
};

/** @param {string} language @param {any[]} facts */
export const gapButtons = (language, facts) => html`<div class="gaps" role="group" aria-label=${t('templates.gaps')}>
  <span class="gaps__label" aria-hidden="true">${t('templates.gaps')}</span>
  ${facts
    .filter(({ name }) => name)
    .flatMap(gapsOf)
    .map(({ gap, words }) => html`<button type="button" class="tool" @click=${() => insert(last.get(language) ?? `texts-${language}-body`, gap)}>${words}</button>`)}
</div>`;
