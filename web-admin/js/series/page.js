// Alerts that come again: what comes next of each, and what may be done with it.

import { html, nothing } from '../../vendor/lit-html.js';
import { exerciseMark, severityMark, titleOf } from '../alerts/labels.js';
import * as series from '../api/series.js';
import { locale, t } from '../i18n/index.js';
import { ask } from '../shell/dialog.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { takeNotice } from '../shell/notice.js';
import { view } from '../shell/view.js';
import { formatTime } from '../time/warsaw.js';

const SHOWN = 12; // dates
const STEPS = ['approve', 'submit', 'end']; // with a button; a date has its own

/** @param {Element} root */
export async function openSeries(root) {
  const page = new SeriesPage(root, await series.list());
  return page.close;
}

const when = ({ at }) => formatTime(at, locale(), { dateStyle: 'full', timeStyle: 'short' });

class SeriesPage {
  /** @param {any} root @param {import('../api/series.js').Series[]} items */
  constructor(root, items) {
    this.items = items;
    /** By id, of those that were asked for. @type {Record<string, import('../api/series.js').Occurrence[]>} */
    this.dates = {};
    this.busy = false;
    /** @type {unknown} */
    this.failure = null;
    this.done = takeNotice()?.more ?? '';
    this.view = view(root, () => this.page());
    this.view.drawNow();
    if (this.done) focusOn('notice');
  }

  close = () => this.view.close();

  page = () => html`<a class="govuk-back-link" href="/alerts">${t('missing.back')}</a>
    ${this.failure ? failurePanel(this.failure) : nothing}
    ${this.done ? html`<p class="govuk-inset-text" id="notice" tabindex="-1" role="status">${this.done}</p>` : nothing}
    <h1 class="govuk-heading-l" tabindex="-1">${t('series.title')}</h1>
    <p class="govuk-body">${t(this.items.length ? 'series.intro' : 'series.none')}</p>
    ${this.items.map((one) => this.row(one))}`;

  row = (one) => html`<section aria-labelledby="series-${one.id}">
    <h2 class="govuk-heading-m" id="series-${one.id}">
      ${exerciseMark(one.content)} ${severityMark(one.content.severity)} ${titleOf(one.content)}
    </h2>
    <p class="govuk-body">
      <strong>${t(`series.state.${one.state}`)}</strong>
      ${one.next ? t('series.next', { time: when(one.next) }) : nothing}
    </p>
    <div class="button-row">
      ${STEPS.filter((action) => one.actions.includes(action)).map((action) => this.button(one, action))}
      ${this.dates[one.id] ? nothing : html`<button type="button" class="govuk-button govuk-button--secondary" @click=${() => this.show(one)}>${t('series.dates')}</button>`}
    </div>
    ${this.dates[one.id] ? this.list(one, this.dates[one.id]) : nothing}
  </section>`;

  button = (one, action) => html`<button
    type="button"
    class="govuk-button ${action === 'end' ? 'govuk-button--warning' : ''}"
    aria-disabled=${this.busy ? 'true' : nothing}
    @click=${() => this.act(one, action)}
  >
    ${t(`series.do.${action}`)}
  </button>`;

  list = (one, dates) => html`<ul class="govuk-list govuk-list--bullet">
    ${dates.slice(0, SHOWN).map(
      (date) => html`<li>
        ${date.alert ? html`<a class="govuk-link" href="/alerts/${date.alert}">${when(date)}</a>` : when(date)}
        ${one.actions.includes('skip')
          ? html`<button type="button" class="govuk-button govuk-button--secondary" @click=${() => this.act(one, 'skip', { date: date.date })}>
              ${t('series.do.skip')}<span class="govuk-visually-hidden">: ${when(date)}</span>
            </button>`
          : nothing}
      </li>`,
    )}
  </ul>`;

  async show(one) {
    await this.attempt(async () => {
      this.dates[one.id] = await series.occurrences(one.id);
    });
  }

  async act(one, action, body) {
    if (this.busy) return;
    const told = () => html`<p class="govuk-body">${titleOf(one.content)}</p>`;
    if (action !== 'submit' && !(await ask({ title: t(`series.ask.${action}`), confirm: t(`series.do.${action}`), body: told, warning: action === 'end' }))) return;
    await this.attempt(async () => {
      await series.act(one, action, body);
      this.done = t(`series.done.${action}`);
    });
    if (!this.failure && action === 'skip') await this.show(one);
    focusOn(this.failure ? 'failure' : 'notice');
  }

  /** What the server has is shown after each step, whatever became of it. */
  async attempt(step) {
    Object.assign(this, { busy: true, failure: null, done: '' });
    this.view.drawNow();
    try {
      await step();
      this.items = await series.list();
    } catch (error) {
      this.failure = error;
      this.items = await series.list().catch(() => this.items);
    }
    this.busy = false;
    this.view.drawNow();
  }
}
