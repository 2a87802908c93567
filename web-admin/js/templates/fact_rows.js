// The facts of a template, each with what it is called, asked for, and depends on.

import { html, nothing } from '../../vendor/lit-html.js';
import { firstLanguage } from '../api/vocabulary.js';
import { language, otherLanguages, t } from '../i18n/index.js';
import { checkbox, field, select } from '../shell/fields.js';
import { factNameOf, renamed } from './model.js';

const TYPES = ['names', 'time', 'day', 'telephone', 'text', 'number', 'switch'];
const WITH_CHIPS = ['time', 'text', 'number'];

/** The languages that the staff's page speaks, the one of every template first. */
const spoken = () => [firstLanguage(), ...[language(), ...otherLanguages().map(({ code }) => code)].filter((code) => code !== firstLanguage())];

/** What a person has not named is named as it is labelled. */
const labelled = (editor, place, code, text) => {
  const fact = editor.model.facts[place];
  const own = fact.name && fact.name !== factNameOf(fact.label.pl ?? '');
  const facts = editor.model.facts.map((one, index) => (index === place ? { ...one, label: { ...one.label, [code]: text } } : one));
  const model = { ...editor.model, facts };
  return code === firstLanguage() && !own ? renamed(model, place, factNameOf(text)) : model;
};

const labelField = (editor, place, fact, code) =>
  field({
    id: `facts-${place}-label-${code}`,
    label: t(`templates.fact.label.${code}`),
    error: editor.errorAt(`facts-${place}-label-${code}`),
    input: { value: fact.label[code] ?? '', oninput: ({ target }) => editor.set(labelled(editor, place, code, target.value)) },
  });

const chipsField = (editor, place, fact) =>
  field({
    id: `facts-${place}-chips`,
    label: html`${t('templates.fact.chips')} <span class="optional">${t('compose.optional')}</span>`,
    hint: t(fact.type === 'time' ? 'templates.fact.chips.time' : 'templates.fact.chips.hint'),
    error: editor.errorAt(`facts-${place}-chips`),
    input: { value: fact.chips.join(', '), oninput: ({ target }) => editor.setFact(place, { chips: target.value.split(',').map((chip) => chip.trimStart()) }) },
  });

const needsField = (editor, place, fact) => {
  const switches = editor.model.facts.filter((one) => one.type === 'switch' && one.name && one !== fact);
  if (fact.type === 'switch' || (!switches.length && !fact.needs)) return nothing;
  return select({
    id: `facts-${place}-needs`,
    label: t('templates.fact.needs'),
    error: editor.errorAt(`facts-${place}-needs`),
    value: fact.needs ?? '',
    options: [{ value: '', label: t('templates.fact.needs.none') }, ...switches.map(({ name, label }) => ({ value: name, label: label.pl || name }))],
    onchange: (needs) => editor.setFact(place, { needs: needs || null }),
  });
};

const move = (editor, place, by) => {
  const facts = [...editor.model.facts];
  const [fact] = facts.splice(place, 1);
  facts.splice(place + by, 0, fact);
  editor.set({ ...editor.model, facts });
};

const buttons = (editor, place, fact) => {
  const named = fact.label.pl || t('templates.fact.unnamed');
  const button = (key, change, off = false) => html`<button
    type="button"
    class="tool"
    ?disabled=${off}
    aria-label=${t(`templates.fact.${key}.of`, { fact: named })}
    @click=${change}
  >
    ${t(`templates.fact.${key}`)}
  </button>`;
  return html`<div class="button-row">
    ${button('up', () => move(editor, place, -1), place === 0)}
    ${button('down', () => move(editor, place, 1), place === editor.model.facts.length - 1)}
    ${button('remove', () => editor.set({ ...editor.model, facts: editor.model.facts.filter((one) => one !== fact) }))}
  </div>`;
};

const summary = (fact, place) => html`${place + 1}. ${fact.label.pl || t('templates.fact.unnamed')}
  <span class="optional">(${[t(`templates.type.${fact.type}`), ...(fact.required ? [t('templates.fact.isRequired')] : [])].join(', ')})</span>`;

/** Folded but for those that were added, or are wrong: a template has many. */
const row = (editor, fact, place) => html`<details class="govuk-details fact-row" ?open=${editor.isOpen(place)}>
  <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${summary(fact, place)}</span></summary>
  ${spoken().map((code) => labelField(editor, place, fact, code))}
  ${select({
    id: `facts-${place}-type`,
    label: t('templates.fact.type'),
    error: editor.errorAt(`facts-${place}-type`),
    value: fact.type,
    options: TYPES.map((value) => ({ value, label: t(`templates.type.${value}`) })),
    onchange: (type) => editor.setFact(place, { type, chips: [], needs: type === 'switch' ? null : fact.needs }),
  })}
  ${fact.type === 'switch'
    ? nothing
    : checkbox({ id: `facts-${place}-required`, label: t('templates.fact.required'), checked: fact.required, onchange: (required) => editor.setFact(place, { required }) })}
  ${needsField(editor, place, fact)} ${WITH_CHIPS.includes(fact.type) ? chipsField(editor, place, fact) : nothing}
  ${field({
    id: `facts-${place}-name`,
    label: t('templates.fact.name'),
    hint: t('templates.fact.name.hint', { gap: `{${fact.name || '…'}}` }),
    error: editor.errorAt(`facts-${place}-name`),
    input: { value: fact.name, oninput: ({ target }) => editor.set(renamed(editor.model, place, target.value.trim())) },
  })}
  ${buttons(editor, place, fact)}
</details>`;

const fresh = () => ({ name: '', type: 'text', label: {}, required: false, needs: null, chips: [] });

/** @param {any} editor the state and actions of editor.js */
export const factRows = (editor) => html`<div class="fact-rows">${editor.model.facts.map((fact, place) => row(editor, fact, place))}</div>
  <button type="button" class="govuk-button govuk-button--secondary" id="add-fact" @click=${() => editor.addFact(fresh())}>
    ${t('templates.fact.add')}
  </button>`;
