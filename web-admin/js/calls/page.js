// /calls: what waits, by the number of the SMS; who is on duty, who is ready, and the number that one is called at.

import { html, nothing } from '../../vendor/lit-html.js';
import * as api from '../api/calls.js';
import { sees } from '../api/own_pages.js';
import { t } from '../i18n/index.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { polling } from '../shell/polling.js';
import { view } from '../shell/view.js';
import { callCard, hiddenDrill } from './call.js';
import { Finder } from './finder.js';
import { OwnNumber } from './own_number.js';
import { readinessOf } from './readiness.js';
import { Roster } from './roster.js';
import { fetchWords } from './words.js';

const AGAIN = 10_000; // ms between two looks at what waits

/** @param {HTMLElement} root @param {any} session @param {{query: URLSearchParams}} address */
export async function openCalls(root, session, { query }) {
  await fetchWords();
  const page = new CallsPage(root, session.me);
  await page.load();
  page.view.drawNow();
  const number = query.get('number');
  if (number) page.finder.onInput({ target: { value: number } });
  const following = page.may.wait ? polling(page.look, AGAIN) : { close: () => {} };
  return () => {
    following.close();
    page.view.close();
  };
}

class CallsPage {
  /** @type {import('../api/calls.js').Call[]} */
  calls = [];
  /** @type {any} */
  readiness = null;
  /** @type {unknown} */
  failure = null;
  done = '';
  busy = false;

  /** @param {HTMLElement} root @param {any} me */
  constructor(root, me) {
    this.may = {
      wait: sees(me, 'waiting'),
      begin: sees(me, 'drills') && !me.on_behalf,
      beginAll: sees(me, 'people') && !me.on_behalf,
      keep: sees(me, 'roster') && !me.on_behalf,
      alerts: sees(me, 'alerts'),
    };
    this.view = view(root, () => this.template());
    const draw = () => this.view.drawNow();
    this.finder = new Finder({
      openCalls: () => this.calls,
      seesAlerts: this.may.alerts,
      acknowledge: this.acknowledge,
      fail: this.fail,
      draw,
    });
  }

  fail = (error) => {
    this.failure = error;
    this.view.drawNow();
    focusOn('failure');
  };

  async load() {
    const draw = () => this.view.drawNow();
    const [calls, duty, readiness, contact] = await Promise.all([
      this.may.wait ? api.open() : [],
      api.duty(),
      api.readiness(),
      api.contact(),
    ]);
    Object.assign(this, { calls, readiness });
    this.roster = new Roster(duty, { may: this.may.keep, draw, fail: this.fail });
    this.own = new OwnNumber(contact, draw);
  }

  look = async () => {
    this.calls = await api.open();
    this.view.draw();
    return AGAIN;
  };

  acknowledge = async (call) => {
    if (this.busy) return;
    await this.attempt(async () => {
      await api.acknowledge(call.id);
      this.calls = await api.open();
      if (call.kind === 'drill') this.readiness = await api.readiness();
      this.done = call.kind === 'drill' ? this.ownSeconds() : t('calls.acknowledged.now', { number: call.number });
      if (this.finder.found) this.finder.found = await this.finder.look(this.finder.number);
    });
  };

  ownSeconds = () => t('calls.drill.result', { count: this.readiness.own?.seconds ?? 0 });

  begin = (everybody) =>
    this.attempt(async () => {
      const begun = await api.beginDrills(everybody);
      this.done = t(begun ? 'calls.drill.begun' : 'calls.drill.already', { count: begun });
    });

  async attempt(step) {
    Object.assign(this, { busy: true, failure: null, done: '' });
    this.view.drawNow();
    await step().catch((error) => {
      this.failure = error;
    });
    this.busy = false;
    this.view.drawNow();
    focusOn(this.failure ? 'failure' : 'calls-done');
  }

  template() {
    return html`${this.failure ? failurePanel(this.failure) : nothing}
      ${this.done ? html`<p class="govuk-inset-text" id="calls-done" tabindex="-1" role="status">${this.done}</p>` : nothing}
      <h1 class="govuk-heading-l" tabindex="-1">${t('calls.title')}</h1>
      ${this.may.alerts || this.may.wait ? this.finder.template() : nothing} ${this.may.wait ? this.waiting() : nothing}
      ${this.roster?.template()}
      ${readinessOf(this.readiness, { mayBegin: this.may.begin, mayBeginAll: this.may.beginAll, busy: this.busy, begin: this.begin })}
      ${this.own?.template()}`;
  }

  waiting() {
    return html`<section aria-labelledby="waiting">
      <h2 class="govuk-heading-m" id="waiting" tabindex="-1">${t('calls.waiting')}</h2>
      ${this.calls.length
        ? html`<ul class="people">
            ${this.calls.map((call) => (call.kind === 'drill' ? hiddenDrill() : callCard(call, { acknowledge: this.acknowledge })))}
          </ul>`
        : html`<p class="govuk-body">${t('calls.waiting.none')}</p>`}
    </section>`;
  }
}
