// The compose form: what happened, where, what residents read, when, who says so, and how it will look.

import { html, nothing, ref } from '../../vendor/lit-html.js';
import { label } from '../alerts/labels.js';
import { fieldNamed, fields as described, words } from '../api/vocabulary.js';
import { t } from '../i18n/index.js';
import { errorMessage, select } from '../shell/fields.js';
import { areaChange } from './area_change.js';
import { messageAt } from './errors.js';
import { factForm } from './fact_form.js';
import { formField, labelOf } from './field.js';
import { hazardField, withHazard } from './hazard.js';
import { sending, sound } from './options.js';
import { stepSection } from './steps.js';
import { templateTiles } from './templates.js';
import { texts } from './texts.js';

const OWN = ['area_name', 'send_at', 'sound_at', 'exercise']; // stand where they belong, in a way of their own

/** The API's fields of some types, but for those that the page shows in a way of its own. */
const ofType = (...types) => described().filter(({ name, type, words: kind }) => types.includes(type) && !OWN.includes(name) && kind !== hazardField()?.words);

const section = (id, body) => html`<section class="form-section" aria-labelledby="${id}-heading">
  <h3 class="govuk-heading-m" id="${id}-heading">${t(`compose.${id}`)}</h3>
  ${body}
</section>`;

/** What a ready text has settled is folded. */
const folded = (id, open, body) => html`<details class="govuk-details" id="fold-${id}" ?open=${open}>
  <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t(`compose.${id}`)}</span></summary>
  <div class="govuk-details__text">${body}</div>
</details>`;

/** Kinds of hazard under the category that each proposes; one of another release is among them when it was chosen. */
function hazardGroups(chosen) {
  const grouped = words('categories').map(({ value, label: name }) => ({
    label: name,
    options: words('hazards').filter(({ category }) => category === value),
  }));
  const known = !chosen || words('hazards').some(({ value }) => value === chosen);
  return known ? grouped : [...grouped, { label: '', options: [{ value: chosen, label: label('hazards', chosen) }] }];
}

function hazard(form) {
  const field = hazardField();
  if (!field) return nothing;
  const { fields, errors, change } = form;
  return select({
    id: field.name,
    label: labelOf(field, fields),
    hint: field.help ?? t('compose.hazard.hint'),
    error: messageAt(errors, field.name),
    value: fields.values[field.name],
    options: [{ value: '', label: t('compose.choose') }],
    groups: hazardGroups(fields.values[field.name]),
    onchange: (value) => change({ values: withHazard(fields.values, value) }),
  });
}

/** "How urgent, how certain" */
const listed = (labels) => labels.map((one, index) => (index ? one.charAt(0).toLowerCase() + one.slice(1) : one)).join(', ');

/** What the kind of hazard proposes beside category and severity, folded: few need to change it. */
function proposed(form) {
  const { fields, errors } = form;
  const all = ofType('word').filter(({ required }) => !required);
  const chosen = all.filter(({ name }) => fields.values[name]).map(({ name, words: kind }) => label(kind, fields.values[name]));
  return html`<details class="govuk-details" id="more" ?open=${all.some(({ name }) => messageAt(errors, name))}>
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">${listed(all.map((field) => field.label))}</span>
    </summary>
    <div class="govuk-details__text">
      <p class="govuk-hint">${t('compose.more.hint')}</p>
      ${all.map((field) => formField(field, form))}
    </div>
  </details>
  ${chosen.length ? html`<p class="govuk-hint chosen">${chosen.join(' · ')}</p>` : nothing}`;
}

const subject = (form) => html`
  ${hazard(form)} ${ofType('word').filter(({ required }) => required).map((field) => formField(field, form))} ${proposed(form)}
  ${ofType('flag').map((field) => formField(field, form))}
`;

const what = (form) => html`
  ${templateTiles(form.told.office.templates, form.useTemplate, form.told.template)}
  ${form.told.template ? folded('subject', hasError(form, 'category', 'severity'), subject(form)) : section('subject', subject(form))}
`;

const areaName = (form) => formField(fieldNamed('area_name'), form);

const where = (form) => html`
  <div id="area" tabindex="-1" class="govuk-form-group ${messageAt(form.errors, 'area') ? 'govuk-form-group--error' : ''}">
    ${messageAt(form.errors, 'area')
      ? errorMessage('area', messageAt(form.errors, 'area'))
      : nothing}
    <div ${ref(form.mountArea)}></div>
  </div>
  ${areaChange(form)} ${form.reach} ${form.told.template ? nothing : areaName(form)}
`;


const when = (form) => html`${sending(form)} ${sound(form)} ${ofType('time').map((field) => formField(field, form))}`;

const source = (form) => ofType('line', 'contact', 'paragraphs').map((field) => formField(field, form));

const hasError = ({ errors }, ...names) => errors.some(({ field }) => names.includes(field));

const inText = (form) => form.errors.some(({ field }) => field.includes('-') || field === 'area_name');

/** What follows from the facts is to be had, and folded. */
const byFacts = (form) => html`
  ${factForm(form)} ${folded('correct', inText(form), html`${areaName(form)} ${texts(form)}`)}
  ${folded('timeAndSource', hasError(form, ...TIMES), html`${when(form)} ${source(form)}`)}
`;

const TIMES = ['when', 'sound', 'send_at', 'sound_at', 'expires', 'event_ends', 'next_info', 'source', 'contact'];

const byHand = (form) => html`${section('texts', texts(form))} ${section('time', when(form))} ${section('source', source(form))}`;

const details = (form) => html`${form.told.template ? byFacts(form) : byHand(form)} ${form.exercise ? nothing : form.more.noticedField(form)}`;

/**
 * @param {{alert: any, fields: import('./content.js').Fields, errors: {field: string, message: string}[], step: string,
 *   told: import('./told_facts.js').ToldFacts, change: (part: object) => void,
 *   set: (values: object) => void, useTemplate: (template: object) => void, reach: unknown, preview: unknown,
 *   mountArea: (element: HTMLElement | undefined) => void}} form
 *   `set`: changes some of `fields.values`
 */
export const composeForm = (form) => html`
  ${stepSection('what', form.step, what(form))} ${stepSection('where', form.step, where(form))}
  ${stepSection('details', form.step, details(form))} ${stepSection('preview', form.step, form.preview)}
`;
