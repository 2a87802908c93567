// What waits under the number of an SMS: its call, its alert, and whom the alert called before.

import { html, nothing } from '../../vendor/lit-html.js';
import { titleOf } from '../alerts/labels.js';
import * as alerts from '../api/alerts.js';
import * as api from '../api/calls.js';
import { t } from '../i18n/index.js';
import { focusOn } from '../shell/failure.js';
import { field, submitButton } from '../shell/fields.js';
import { callCard } from './call.js';

const DIGITS = 4;
const LOOKED_AT = 100; // alerts, the latest changed; whoever is called is called about one of them
const INPUT = { inputmode: 'numeric', maxlength: DIGITS + 4, short: true };

export class Finder {
  number = '';
  error = '';
  busy = false;
  /** @type {{alert: any, calls: import('../api/calls.js').Call[]}[] | null} null: nothing was looked for */
  found = null;

  /** @param {{openCalls: () => import('../api/calls.js').Call[], seesAlerts: boolean, acknowledge: (call: any) => void, fail: (error: unknown) => void, draw: () => void}} page */
  constructor(page) {
    this.page = page;
  }

  /** Once four digits stand there nobody has to press anything. */
  onInput = (event) => {
    this.number = event.target.value.replace(/\D/g, '').slice(0, DIGITS);
    this.error = '';
    if (this.number.length === DIGITS) this.find();
    else this.page.draw();
  };

  onSubmit = (event) => {
    event.preventDefault();
    if (this.number.length === DIGITS) return void this.find();
    this.error = t('calls.find.digits');
    this.page.draw();
    return focusOn('number');
  };

  async find() {
    const { number } = this;
    this.busy = true;
    this.page.draw();
    try {
      const found = await this.look(number);
      if (number === this.number) this.found = found;
    } catch (error) {
      this.page.fail(error);
    }
    this.busy = false;
    this.page.draw();
    if (this.found) focusOn('found');
  }

  /** Two alerts may share a number: both are shown. @param {string} number */
  async look(number) {
    const drills = this.page.openCalls().filter((call) => !call.alert && call.number === number);
    const { items } = this.page.seesAlerts ? await alerts.list({ limit: LOOKED_AT }) : { items: [] };
    const named = items.filter((alert) => alert.number === number);
    const told = await Promise.all(named.map(async (alert) => ({ alert, calls: await api.about(alert.id) })));
    return drills.length ? [{ alert: null, calls: drills }, ...told] : told;
  }

  /** What is shown of an open call is as it is now. @param {import('../api/calls.js').Call} call */
  now = (call) => this.page.openCalls().find(({ id }) => id === call.id) ?? call;

  template() {
    return html`<form novalidate class="call-finder" @submit=${this.onSubmit}>
        ${field({
          id: 'number',
          label: t('calls.find'),
          hint: t('calls.find.hint'),
          error: this.error,
          input: { ...INPUT, value: this.number, oninput: this.onInput },
        })}
        ${submitButton(t('calls.find.do'), this.busy)}
      </form>
      ${this.found ? this.results(this.found) : nothing}`;
  }

  results(found) {
    return html`<section aria-labelledby="found">
      <h2 class="govuk-heading-m" id="found" tabindex="-1">${t(found.length ? 'calls.found' : 'calls.found.none', { number: this.number })}</h2>
      ${found.map(({ alert, calls }) => html`${alert ? this.alert(alert) : nothing} ${this.history(calls)}`)}
    </section>`;
  }

  alert = (alert) => html`<p class="govuk-body">
    <a class="govuk-link" href="/alerts/${alert.id}">${titleOf(alert) || t('calls.alert', { number: alert.number })}</a>
  </p>`;

  history(calls) {
    if (!calls.length) return html`<p class="govuk-body">${t('calls.history.none')}</p>`;
    return html`<ul class="people">
      ${calls.map((call) => callCard(this.now(call), { acknowledge: this.page.acknowledge }))}
    </ul>`;
  }
}
