// The texts of an alert, a language after the other: the one it always has, and those that are added.

import { html, nothing } from '../../vendor/lit-html.js';
import { firstLanguage, textFields, word, words } from '../api/vocabulary.js';
import { has, t } from '../i18n/index.js';
import { checkbox, field, textarea } from '../shell/fields.js';
import { cleaned } from './clean_text.js';
import { emptyText } from './content.js';
import { messageAt } from './errors.js';
import { labelOf } from './field.js';
import { codePoints, room } from './limits.js';

const counter = (id, left, key) =>
  html`<p id=${id} class="govuk-hint counter ${left < 0 ? 'counter--over' : ''}">
    ${left < 0 ? t('counter.over', { count: -left }) : t(key, { count: left })}
  </p>`;

/** Says live where the push will end: what does not fit is only behind its link. */
function pushCounter(id, { more, carried }) {
  if (carried === null) return counter(id, more, 'counter.push.left');
  return html`<p id=${id} class="govuk-hint counter">${t('counter.push.cut', { count: carried })}</p>`;
}

const mark = (fields, language) => (fields.values.exercise ? (word('languages', language).exercise_mark ?? '') : '');

/** Counted is what is saved. */
const cleanText = (text) => Object.fromEntries(textFields().map(({ name, type }) => [name, cleaned(text[name], type)]));

/** What stands beneath a part: how much more fits, for the body of what a push holds. */
function after(part, id, text, exerciseMark) {
  const left = (part.longest ?? Infinity) - codePoints(text[part.name]);
  if (part.name === 'body' && left >= 0) return pushCounter(id, room(text, exerciseMark));
  return part.longest ? counter(id, left, 'counter.left') : nothing;
}

function typed(part, language, form) {
  const { fields, errors, change } = form;
  const text = { ...emptyText(), ...fields.texts[language] };
  const id = `${language}-${part.name}`;
  const hint = has(`compose.${part.name}.hint`) ? t(`compose.${part.name}.hint`) : (part.help ?? undefined);
  const options = {
    id,
    label: labelOf(part, fields),
    hint,
    error: messageAt(errors, id),
    counter: `${id}-count`,
    after: after(part, `${id}-count`, cleanText(text), mark(fields, language)),
    input: {
      value: text[part.name],
      lang: language,
      oninput: (event) => change({ texts: { ...fields.texts, [language]: { ...text, [part.name]: event.target.value } } }),
    },
  };
  return part.type === 'paragraphs' ? textarea({ ...options, rows: part.required ? 6 : 4 }) : field(options);
}

/** All text in one language, named when there are several to choose from. */
const inLanguage = (language, form) => html`<fieldset class="govuk-fieldset text" aria-labelledby="text-${language}">
  ${words('languages').length > 1
    ? html`<legend class="govuk-fieldset__legend govuk-fieldset__legend--m" id="text-${language}" lang=${language}>
        ${word('languages', language).label}
      </legend>`
    : nothing}
  ${textFields().map((part) => typed(part, language, form))}
</fieldset>`;

const isWritten = (language, { fields }) => fields.written.includes(language);

function write(language, on, { fields, change }) {
  const written = fields.written.filter((one) => one !== language);
  change({
    written: on ? [...written, language] : written,
    texts: { [language]: emptyText(), ...fields.texts },
  });
}

const optional = ({ value, label }, form) => html`
  ${checkbox({
    id: `write-${value}`,
    label: html`${t('compose.write')} <span lang=${value}>${label}</span>`,
    checked: isWritten(value, form),
    onchange: (on) => write(value, on, form),
  })}
  ${isWritten(value, form) ? inLanguage(value, form) : nothing}
`;

/** Also of a language that the municipality no longer writes, when the alert has it. */
const others = ({ fields }) =>
  [...new Set([...words('languages').map(({ value }) => value), ...fields.written])].filter((code) => code !== firstLanguage()).map((code) => word('languages', code));

export const texts = (form) => html`${inLanguage(firstLanguage(), form)} ${others(form).map((language) => optional(language, form))}`;
