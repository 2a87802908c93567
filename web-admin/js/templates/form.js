// The form of a template: what it is for, its facts, its text in each language, what follows from the facts.

import { html, nothing } from '../../vendor/lit-html.js';
import { fieldNamed, fields, firstLanguage, words } from '../api/vocabulary.js';
import { hazardField } from '../compose/hazard.js';
import { t } from '../i18n/index.js';
import { checkbox, field, select, textarea } from '../shell/fields.js';
import { factRows } from './fact_rows.js';
import { gapButtons, remember } from './gap_buttons.js';
import { languageName, languagesOf } from './languages.js';
import { emptyText } from './model.js';

const section = (id, body) => html`<section class="form-section" aria-labelledby="${id}-heading">
  <h2 class="govuk-heading-m" id="${id}-heading">${t(`templates.${id}`)}</h2>
  ${body}
</section>`;

const label = (name, required) => (required ? name : html`${name} <span class="optional">${t('compose.optional')}</span>`);

const lineField = (editor, id, named, value, take, hint) =>
  field({ id, label: named, hint, error: editor.errorAt(id), input: { value: value ?? '', oninput: ({ target }) => take(target.value) } });

const names = (editor) =>
  languagesOf(editor.model).map((code) =>
    lineField(editor, `name-${code}`, label(html`${t('templates.name')} (<span lang=${code}>${languageName(code)}</span>)`, code === firstLanguage()), editor.model.name[code], (named) =>
      editor.set({ ...editor.model, name: { ...editor.model.name, [code]: named } }),
    ),
  );

const wordField = (editor, described) =>
  select({
    id: `values-${described.name}`,
    label: label(described.label, false),
    error: editor.errorAt(`values-${described.name}`),
    value: editor.model.values[described.name] ?? '',
    options: [
      { value: '', label: t(described === hazardField() ? 'compose.unset' : 'templates.asHazard') },
      ...words(described.words).map((one) => ({ value: one.value, label: one.label })),
    ],
    onchange: (value) => editor.set({ ...editor.model, values: { ...editor.model.values, [described.name]: value } }),
  });

function what(editor) {
  const hazard = hazardField();
  const others = fields().filter((one) => one.type === 'word' && one !== hazard);
  return html`${names(editor)} ${hazard ? wordField(editor, hazard) : nothing}
    <details class="govuk-details" ?open=${others.some(({ name }) => editor.errorAt(`values-${name}`))}>
      <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t('templates.more')}</span></summary>
      <div class="govuk-details__text">${others.map((one) => wordField(editor, one))}</div>
    </details>
    ${checkbox({ id: 'hidden', label: t('templates.hidden'), checked: editor.model.hidden, onchange: (hidden) => editor.set({ ...editor.model, hidden }) })}`;
}

function text(editor, code) {
  const texts = editor.model.texts;
  const part = (name, draw, more) => {
    const id = `texts-${code}-${name}`;
    const take = ({ target }) => editor.set({ ...editor.model, texts: { ...texts, [code]: { ...texts[code], [name]: target.value } } });
    const required = name !== 'instruction';
    const described = fieldNamed(name, fieldNamed('texts').parts);
    const drawn = draw({ id, label: label(described.label, required), error: editor.errorAt(id), ...more, input: { value: texts[code][name], lang: code, oninput: take } });
    return html`<div @click=${() => remember(code, id)} @keydown=${(event) => remember(code, id, event.key)}>${drawn}</div>`;
  };
  return html`${gapButtons(code, editor.model.facts)} ${part('title', field)} ${part('body', textarea, { hint: t('templates.body.hint'), rows: 6 })}
  ${part('instruction', textarea, { hint: t('templates.instruction.hint'), rows: 3 })}`;
}

const write = (editor, code) => {
  editor.set({ ...editor.model, texts: { ...editor.model.texts, [code]: emptyText() } });
  editor.focusSoon(`texts-${code}-title`);
};

const inLanguage = (editor, code) => html`<fieldset class="govuk-fieldset text" aria-labelledby="text-${code}">
  <legend class="govuk-fieldset__legend govuk-fieldset__legend--m" id="text-${code}" lang=${code}>${languageName(code)}</legend>
  ${editor.model.texts[code]
    ? text(editor, code)
    : html`<button type="button" class="govuk-button govuk-button--secondary" @click=${() => write(editor, code)}>
        ${t('templates.write')} <span lang=${code}>${languageName(code)}</span>
      </button>`}
</fieldset>`;

const numberOf = (typed) => (/^\d{1,3}([.,]\d)?$/.test(typed.trim()) ? Number(typed.replace(',', '.')) : typed);

const hours = (editor, id, named, value, take, hint) =>
  field({ id, label: named, hint, error: editor.errorAt(id), input: { short: true, inputmode: 'decimal', value: String(value ?? ''), oninput: ({ target }) => take(numberOf(target.value)) } });

function following(editor, name) {
  const { follows, facts } = editor.model;
  const present = follows[name] ?? {};
  const set = (change) => editor.set({ ...editor.model, follows: { ...follows, [name]: { ...present, ...change } } });
  const times = facts.filter((fact) => fact.type === 'time' && fact.name);
  return html`${select({
    id: `follows-${name}-fact`,
    label: label(t('templates.follows', { field: fieldNamed(name).label }), false),
    error: editor.errorAt(`follows-${name}-fact`) ?? editor.errorAt(`follows-${name}`),
    value: present.fact ?? '',
    options: [{ value: '', label: t('compose.unset') }, ...times.map((fact) => ({ value: fact.name, label: fact.label.pl || fact.name }))],
    onchange: (fact) => set({ fact, hours: present.hours ?? (name === 'expires' ? 2 : 0) }),
  })}
  ${name === 'expires' && present.fact ? hours(editor, `follows-${name}-hours`, t('templates.hoursLater'), present.hours, (value) => set({ hours: value })) : nothing}`;
}

const lines = (editor) =>
  ['source', 'contact'].map((name) =>
    lineField(editor, `lines-${name}`, label(fieldNamed(name).label, false), editor.model.lines[name], (value) => editor.set({ ...editor.model, lines: { ...editor.model.lines, [name]: value } }), t('templates.line.hint')),
  );

/** @param {any} editor the state and actions of editor.js */
export const templateForm = (editor) => html`
  ${section('what', what(editor))} ${section('facts', html`<p class="govuk-hint">${t('templates.facts.hint')}</p>${factRows(editor)}`)}
  ${section('texts', html`<p class="govuk-hint">${t('templates.texts.hint')}</p>${languagesOf(editor.model).map((code) => inLanguage(editor, code))}`)}
  ${section('rest', html`${['expires', 'event_ends', 'next_info'].map((name) => following(editor, name))}
    ${hours(editor, 'hours', t('templates.hours'), editor.model.hours, (value) => editor.set({ ...editor.model, hours: value }), t('templates.hours.hint'))} ${lines(editor)}`)}
`;
