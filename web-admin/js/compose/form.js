// The compose form: what, where, when.

import { html, nothing, ref } from '../../vendor/lit-html.js';
import { CATEGORIES, SEVERITIES } from '../alerts/labels.js';
import { t } from '../i18n/index.js';
import { field, radios, textarea } from '../shell/fields.js';
import { messageAt } from './errors.js';
import { EXERCISE, room } from './limits.js';
import { moment } from './moment.js';
import { english, exercise, sound } from './options.js';
import { TEMPLATES } from './templates.js';

const choices = (values, prefix, hints = false) =>
  values.map((value) => ({
    value,
    label: t(`${prefix}.${value}`),
    hint: hints ? t(`${prefix}.${value}.hint`) : undefined,
  }));

const templateTiles = (use) => html`<details class="govuk-details">
  <summary class="govuk-details__summary">
    <span class="govuk-details__summary-text">${t('compose.templates')}</span>
  </summary>
  <div class="govuk-details__text">
    <p class="govuk-hint">${t('compose.templates.hint')}</p>
    <ul class="tiles">
      ${TEMPLATES.map(
        (template) =>
          html`<li>
            <button type="button" class="tile tile--${template.severity.toLowerCase()}" @click=${() => use(template)}>
              ${t(`template.${template.id}`)}
            </button>
          </li>`,
      )}
    </ul>
  </div>
</details>`;

const counter = (id, left, key) =>
  html`<p id=${id} class="govuk-hint counter ${left < 0 ? 'counter--over' : ''}">
    ${left < 0 ? t(`${key}.over`, { count: -left }) : t(`${key}.left`, { count: left })}
  </p>`;

/** Says live where the push will end: what does not fit is only behind its link. */
function bodyCounter(id, left) {
  if (left.body < 0) return counter(id, left.body, 'counter.body');
  if (left.carried === null) return counter(id, left.push, 'counter.push');
  return html`<p id=${id} class="govuk-hint counter">${t('counter.push.cut', { count: left.carried })}</p>`;
}

function texts(language, { fields, errors, change }) {
  const text = fields[language];
  const left = room(text, fields.exercise ? EXERCISE[language] : '');
  const input = (name) => ({
    value: text[name],
    lang: language,
    oninput: (event) => change({ [language]: { ...fields[language], [name]: event.target.value } }),
  });
  const [titleCount, bodyCount] = [`${language}-title-count`, `${language}-body-count`];
  return html`
    ${field({
      id: `${language}-title`,
      label: t(`compose.title.${language}`),
      hint: t('compose.title.hint'),
      error: messageAt(errors, `${language}-title`),
      input: input('title'),
      counter: titleCount,
      after: counter(titleCount, left.title, 'counter.title'),
    })}
    ${textarea({
      id: `${language}-body`,
      rows: 6,
      label: t(`compose.body.${language}`),
      hint: t('compose.body.hint'),
      error: messageAt(errors, `${language}-body`),
      input: input('body'),
      counter: bodyCount,
      after: bodyCounter(bodyCount, left),
    })}
  `;
}

const section = (id, heading, body) => html`<section class="form-section" aria-labelledby="${id}-heading">
  <h2 class="govuk-heading-m" id="${id}-heading">${heading}</h2>
  ${body}
</section>`;

const choice = (name, values, { fields, errors, change }, hints) =>
  radios({
    inline: !hints,
    name,
    legend: t(`compose.${name}`),
    value: fields[name],
    error: messageAt(errors, name),
    options: choices(values, name, hints),
    onchange: (value) => change({ [name]: value }),
  });

const where = (form) => html`
  <div id="area" tabindex="-1" class="govuk-form-group ${messageAt(form.errors, 'area') ? 'govuk-form-group--error' : ''}">
    ${messageAt(form.errors, 'area')
      ? html`<p class="govuk-error-message" id="area-error">${messageAt(form.errors, 'area')}</p>`
      : nothing}
    <div ${ref(form.mountArea)}></div>
  </div>
  ${form.reach}
  ${field({
    id: 'area_name',
    label: t('compose.area_name'),
    hint: t('compose.area_name.hint'),
    error: messageAt(form.errors, 'area_name'),
    input: { value: form.fields.area_name, oninput: (event) => form.change({ area_name: event.target.value }) },
  })}
`;

const when = (form) => html`
  ${choice('when', ['now', 'later'], form, true)} ${form.fields.when === 'later' ? moment('send_at', form) : nothing}
  ${sound(form)} ${moment('expires', form)}
`;

/**
 * @param {{fields: import('./content.js').Fields, errors: {field: string, message: string}[], languages: string[],
 *   change: (part: object) => void, useTemplate: (template: object) => void, reach: unknown,
 *   mountArea: (element: HTMLElement | undefined) => void}} form
 */
export const composeForm = (form) => html`
  ${section(
    'what',
    t('compose.what'),
    html`${templateTiles(form.useTemplate)} ${choice('category', CATEGORIES, form)}
    ${choice('severity', SEVERITIES, form, true)} ${exercise(form)} ${texts('pl', form)}
    ${form.languages.includes('en') ? english(form) : nothing} ${form.fields.english ? texts('en', form) : nothing}`,
  )}
  ${section('where', t('compose.where'), where(form))} ${section('when', t('compose.time'), when(form))}
`;
