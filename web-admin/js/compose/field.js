// A field of the form by its type, as the API describes it.

import { html, nothing } from '../../vendor/lit-html.js';
import { words } from '../api/vocabulary.js';
import { has, t } from '../i18n/index.js';
import { checkbox, field, radios, select, textarea } from '../shell/fields.js';
import { messageAt } from './errors.js';
import { moment } from './moment.js';

const FEW = 6; // choices that stand side by side; more of them are a list to open

const isAsked = (described, { values }) => described.required || described.required_of.includes(values.category);

/** The page's own label where it has one. */
const nameOf = ({ name, label }) => (has(`compose.${name}.label`) ? t(`compose.${name}.label`) : label);

/** With a word when it may be left out. */
export const labelOf = (described, fields) =>
  isAsked(described, fields) ? nameOf(described) : html`${nameOf(described)} <span class="optional">${t('compose.optional')}</span>`;

/** The page's own hint where it has one. */
const hintOf = ({ name, help }) => (has(`compose.${name}.hint`) ? t(`compose.${name}.hint`) : (help ?? undefined));

/** A word that this page's vocabulary has not stays chosen. */
const optionsOf = (kind, value) => {
  const known = words(kind).map((one) => ({ value: one.value, label: one.label, hint: one.help ?? undefined }));
  return !value || known.some((one) => one.value === value) ? known : [...known, { value, label: value }];
};

const LINES = { line: {}, contact: { autocomplete: 'off' } };

/**
 * @param {import('../api/vocabulary.js').Field} described
 * @param {any} form
 */
export function formField(described, form) {
  const { name, type } = described;
  const { fields, errors } = form;
  const value = fields.values[name];
  const common = { id: name, label: labelOf(described, fields), hint: hintOf(described), error: messageAt(errors, name) };
  const take = (next) => form.set({ [name]: next });
  if (type === 'time') return moment(name, form, common);
  if (type === 'flag') return checkbox({ id: name, label: nameOf(described), hint: common.hint, checked: Boolean(value), onchange: take });
  if (type === 'word') return choice(described, common, optionsOf(described.words, value), value, take);
  const input = { value, oninput: (event) => take(event.target.value), ...LINES[type] };
  if (type === 'paragraphs') return textarea({ ...common, rows: 4, input });
  return LINES[type] ? field({ ...common, input }) : nothing;
}

function choice(described, common, options, value, onchange) {
  if (options.length > FEW || !described.required) {
    const none = { value: '', label: t(described.required ? 'compose.choose' : 'compose.unset') };
    return select({ ...common, value, options: [none, ...options], onchange });
  }
  const { id: name, label: legend, hint, error } = common;
  const inline = described.name !== 'severity';
  return radios({ name, legend, hint, error, value, inline, options: inline ? options.map((one) => ({ ...one, hint: undefined })) : options, onchange });
}
