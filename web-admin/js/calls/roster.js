// Who is on duty now and when; edited by whoever the API lets.

import { html, nothing } from '../../vendor/lit-html.js';
import * as api from '../api/calls.js';
import { Problem } from '../api/request.js';
import { locale, t } from '../i18n/index.js';
import { focusOn } from '../shell/failure.js';
import { field, select, submitButton } from '../shell/fields.js';
import { formatTime } from '../time/warsaw.js';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DATE = 'date';
const MOST_ROWS = 100;

export class Roster {
  /** @type {import('../api/calls.js').Row[] | null} while they are edited */
  rows = null;
  /** @type {Record<string, string>} by pointer */
  errors = {};
  busy = false;
  said = '';

  /** @param {import('../api/calls.js').Duty} duty @param {{may: boolean, draw: () => void, fail: (error: unknown) => void}} page */
  constructor(duty, page) {
    this.duty = duty;
    this.page = page;
  }

  name = (uid) => this.duty.people.find((one) => one.uid === uid)?.name ?? t('calls.duty.gone');

  template() {
    return html`<section aria-labelledby="duty">
      <h2 class="govuk-heading-m" id="duty" tabindex="-1">${t('calls.duty')}</h2>
      ${this.said ? html`<p class="govuk-inset-text" role="status">${this.said}</p>` : nothing}
      <p class="govuk-body" id="on-duty">${this.now()}</p>
      ${this.rows ? this.form(this.rows) : this.list()}
    </section>`;
  }

  now() {
    const { first, deputy } = this.duty.now;
    if (!first) return t('calls.duty.nobody');
    return t(deputy ? 'calls.duty.now.both' : 'calls.duty.now', { first: this.name(first), deputy: deputy && this.name(deputy) });
  }

  list() {
    const { rows } = this.duty;
    const edit = html`<button type="button" class="govuk-button govuk-button--secondary" id="duty-edit" @click=${this.edit}>${t('calls.duty.edit')}</button>`;
    return html`${rows.length
      ? html`<ul class="govuk-list" id="roster">
          ${rows.map((row) => html`<li>${this.words(row)}</li>`)}
        </ul>`
      : nothing}
    ${this.page.may ? edit : nothing}`;
  }

  words({ day, begins, ends, first, deputy }) {
    const when = t(ends <= begins ? 'calls.duty.overnight' : 'calls.duty.hours', { day: dayWords(day), begins, ends });
    return html`<strong>${when}</strong>: ${this.name(first)}${deputy ? t('calls.duty.deputy.of', { deputy: this.name(deputy) }) : nothing}`;
  }

  edit = () => {
    this.rows = this.duty.rows.length ? this.duty.rows.map((row) => ({ ...row })) : [this.blank()];
    this.said = '';
    this.page.draw();
    focusOn('duty');
  };

  blank = () => ({ day: 'mon', begins: '16:00', ends: '08:00', first: this.duty.people[0]?.uid ?? '', deputy: null });

  add = () => {
    const rows = /** @type {import('../api/calls.js').Row[]} */ (this.rows);
    const before = rows.at(-1) ?? this.blank();
    const next = DAYS[DAYS.indexOf(before.day) + 1];
    this.rows = [...rows, { ...before, day: next ?? before.day }];
    this.page.draw();
    focusOn(`day-${rows.length}`);
  };

  remove = (number) => {
    this.rows = /** @type {import('../api/calls.js').Row[]} */ (this.rows).filter((_, index) => index !== number);
    this.errors = {};
    this.page.draw();
    focusOn('duty');
  };

  cancel = () => {
    Object.assign(this, { rows: null, errors: {} });
    this.page.draw();
    focusOn('duty');
  };

  keep = async (event) => {
    event.preventDefault();
    if (this.busy) return;
    Object.assign(this, { busy: true, errors: {} });
    this.page.draw();
    try {
      this.duty = await api.keepDuty(this.duty.revision, this.rows ?? []);
      Object.assign(this, { rows: null, said: t('calls.duty.kept') });
    } catch (error) {
      this.refuse(error);
    }
    this.busy = false;
    this.page.draw();
    if (!Object.keys(this.errors).length) focusOn('duty');
  };

  /** What the API names stands at its field; all else above the page. */
  refuse(error) {
    const named = error instanceof Problem ? error.errors : [];
    this.errors = Object.fromEntries(named.map(({ pointer, detail }) => [pointer, detail]));
    if (!named.length) this.page.fail(error);
    else setTimeout(() => /** @type {HTMLElement | null} */ (document.querySelector('#duty-form [aria-invalid]'))?.focus());
  }

  form(rows) {
    return html`<form novalidate id="duty-form" @submit=${this.keep}>
      <p class="govuk-body">${t('calls.duty.hint')}</p>
      ${this.errors['/rows'] ? html`<p class="govuk-error-message">${this.errors['/rows']}</p>` : nothing}
      ${rows.map((row, number) => this.row(row, number))}
      ${rows.length < MOST_ROWS
        ? html`<button type="button" class="govuk-button govuk-button--secondary" id="duty-add" @click=${this.add}>${t('calls.duty.add')}</button>`
        : nothing}
      <div class="button-row">
        ${submitButton(t('calls.duty.keep'), this.busy)}
        <button type="button" class="govuk-button govuk-button--secondary" @click=${this.cancel}>${t('calls.duty.cancel')}</button>
      </div>
    </form>`;
  }

  row(row, number) {
    const set = (name) => (value) => {
      row[name] = value || null;
      this.page.draw();
    };
    const error = (name) => this.errors[`/rows/${number}/${name}`];
    const people = this.duty.people.map(({ uid, name }) => ({ value: uid, label: name }));
    const dated = !DAYS.includes(row.day);
    const onday = (value) => set('day')(value === DATE ? new Date().toISOString().slice(0, 10) : value);
    return html`<fieldset class="govuk-fieldset duty-row">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${t('calls.duty.row', { number: number + 1 })}</legend>
      <div class="duty-row__fields">
        ${select({
          id: `day-${number}`,
          label: t('calls.duty.day'),
          error: dated ? undefined : error('day'),
          value: dated ? DATE : row.day,
          options: [...DAYS, DATE].map((value) => ({ value, label: t(`calls.day.${value}`) })),
          onchange: onday,
        })}
        ${dated ? text(`date-${number}`, 'calls.duty.date', DATE, row.day, error('day'), set('day')) : nothing}
        ${text(`begins-${number}`, 'calls.duty.begins', 'time', row.begins, error('begins'), set('begins'))}
        ${text(`ends-${number}`, 'calls.duty.ends', 'time', row.ends, error('ends'), set('ends'))}
        ${select({ id: `first-${number}`, label: t('calls.duty.first'), error: error('first'), value: row.first, options: people, onchange: set('first') })}
        ${select({
          id: `deputy-${number}`,
          label: t('calls.duty.deputy'),
          error: error('deputy'),
          value: row.deputy ?? '',
          options: [{ value: '', label: t('calls.duty.deputy.none') }, ...people],
          onchange: set('deputy'),
        })}
      </div>
      <button type="button" class="govuk-button govuk-button--secondary" @click=${() => this.remove(number)}>
        ${t('calls.duty.remove')}<span class="govuk-visually-hidden">: ${number + 1}</span>
      </button>
    </fieldset>`;
  }
}

const text = (id, label, type, value, error, set) =>
  field({ id, label: t(label), error, input: { type, value: value ?? '', short: true, oninput: (event) => set(event.target.value) } });

const dayWords = (day) => (DAYS.includes(day) ? t(`calls.day.${day}`) : formatTime(`${day}T12:00:00Z`, locale(), { dateStyle: 'long' }));
