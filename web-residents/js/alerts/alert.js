// One alert: what it says, whether it still holds, where, why I see it, whether it is real.

import { html, nothing } from '../../vendor/lit-html.js';
import { opened } from '../receive/receipts.js';
import { watchAlert } from './alert_watch.js';
import { sayArrived } from './arrived.js';
import { covers } from './covers.js';
import { facts, instruction, late } from './facts.js';
import { keepFresh } from './freshness.js';
import { linked } from '../shell/linked.js';
import { following } from './following.js';
import { exerciseMark, kindMark, severityMark, titled, unverifiedMark } from './labels.js';
import { MapPanel } from './map_panel.js';
import { leftOut } from './meant.js';
import { phoneOf } from './office.js';
import { polygonsOf } from '../places/shapes.js';
import { watchKeptPlaces } from '../places/store.js';
import { ending, endingWithin, mayGoOn, textIn } from './reading.js';
import { report, wasReported } from './report.js';
import { seal, warning } from './seal.js';
import { share } from './share.js';
import { threadList } from './thread_list.js';
import { moment } from '../shell/times.js';
import { watchLocated } from './whereabouts.js';
import { placesInWords, relation, why } from './why.js';

const PATIENCE = 3_000; // ms until the frame is shown without the alert

export async function open(app, { id, fragment }) {
  const view = new AlertView(app, id);
  await view.ready; // so that the reader starts at the heading
  if (fragment === 'not-mine') setTimeout(() => document.getElementById('not-mine')?.scrollIntoView());
  return { title: () => view.title(), template: () => view.template(), close: () => view.close() };
}

class AlertView {
  /** @type {any} */
  app;
  /** @type {string} */
  id;
  /** @type {MapPanel} */
  map;
  /** @type {ReturnType<typeof keepFresh>} */
  freshness;
  /** @type {boolean} */
  reportFailed;
  /** @type {any} */
  found = null;
  /** @type {import('./whereabouts.js').Located[] | null} */
  places = null;
  /** @type {boolean | null} */
  reported = null;
  /** @type {string | null} */
  phone = null; // of the office, once it is known
  /** @type {string | null} */
  sharing = null; // what came of sharing

  constructor(app, id) {
    Object.assign(this, { app, id, map: new MapPanel(app), freshness: keepFresh(app) });
    this.ready = /** @type {Promise<void>} */ (new Promise((resolve) => {
      this.isReady = resolve;
      setTimeout(resolve, PATIENCE);
    }));
    this.stops = [
      watchAlert(id, this.onFound),
      watchLocated(app, (places) => this.set({ places }), (error) => console.error(error), watchKeptPlaces),
    ];
    wasReported(app, id).then((reported) => this.set({ reported }));
    opened(id).catch((error) => console.error(error)); // it is queued again when the app starts
  }

  close() {
    this.stops.forEach((stop) => stop());
    this.map.close();
    this.freshness.close();
  }

  set(values) {
    Object.assign(this, values);
    if (this.found) this.isReady();
    this.app.redraw();
  }

  onFound = (found) => {
    const before = this.found?.thread?.[0];
    const newest = found.thread?.[0];
    if (before && newest.id !== before.id) sayArrived(this.app, [newest]);
    if (found.town) this.freshness.heard(found.town.fromPhone, [found.town.terc]);
    if (!before && found.alert?.terc) phoneOf(found.alert.terc).then((phone) => this.set({ phone }));
    this.set({ found });
  };

  text = (alert) => textIn(alert, this.app.language);

  title() {
    return this.found?.alert ? titled(this.found.alert, this.app).title : this.app.words('alerts.title');
  }

  template() {
    const { words } = this.app;
    return html`
      <a class="govuk-back-link" href="/">${words('alert.back')}</a>
      ${this.content()}
    `;
  }

  content() {
    const { words } = this.app;
    switch (this.found?.state) {
      case 'found':
        return this.whole(this.found);
      case 'pushed':
        return this.pushed(this.found);
      case 'missing':
      case 'offline':
        return html`<h1 class="govuk-heading-l">${words(`alert.${this.found.state}`)}</h1>
          <p class="govuk-body">${words(`alert.${this.found.state}.body`)}</p>`;
      default:
        return html`<p class="loading"><span class="govuk-visually-hidden">${words('shell.loading')}</span></p>`;
    }
  }

  whole({ alert, thread, town }) {
    return html`
      <article class="alert">
        ${warning(alert, this.app)} ${this.standing(alert, thread)} ${late(alert, thread[0].id === alert.id, this.app)}
        ${following(alert, thread, this.places ?? [], this.app)} ${this.message(alert, leftOut(alert, thread, this.places ?? []).length > 0)} ${facts(alert, town, this.app, this.phone)} ${this.since()}
        ${alert.ok ? this.share(alert) : nothing} ${this.where(alert)}
      </article>
      ${this.places ? why(alert, thread, this.places, this.app) : nothing} ${thread.length > 1 ? threadList(alert, thread, this.app) : nothing}
      ${seal(alert, town, this.app)} ${this.places ? this.notMine(alert, thread) : nothing}
    `;
  }

  pushed({ alert, newer }) {
    return html`${newer ? this.newer(newer) : nothing}
      <p class="panel panel--warn" id="pushed">${this.app.words('alert.pushed')}</p>
      <article class="alert">${this.message(alert)}</article>`;
  }

  /** @param {any} alert @param {boolean} [aside] it does not concern my places any more: how grave it is elsewhere is no danger here */
  message(alert, aside = false) {
    const { words, language: wanted } = this.app;
    const text = this.text(alert);
    const { language, title, body } = text;
    return html`
      <p class="alerts__marks">
        ${unverifiedMark(alert.reason === 'unavailable' ? { ok: true } : alert, this.app)} ${aside ? nothing : severityMark(alert, this.app)}
        ${exerciseMark(alert, this.app)} ${kindMark(alert, this.app)}
      </p>
      <h1 class="govuk-heading-l alert__title" lang=${language}>${title}</h1>
      ${alert.exercise ? html`<p class="panel panel--warn">${words('alert.exercise.body')}</p>` : nothing}
      ${language === wanted ? nothing : html`<p class="govuk-hint" id="other-language">${words('alert.otherLanguage')}</p>`}
      <p class="govuk-body alert__body" lang=${language}>${alert.ok ? linked(body) : body}</p>
      ${instruction(text, this.app, alert.ok)}
    `;
  }

  /** Whether something newer was said, or it is over. */
  standing(alert, [newest]) {
    const { words, language } = this.app;
    const end = endingWithin(alert, newest);
    const over = end && end !== 'all_clear' && this.panel(words(mayGoOn(alert) ? 'alert.over.unsure' : `alert.over.${end}`, { time: moment((end === 'cancelled' && alert.cancelled) || alert.expires, language) }));
    if (newest.id === alert.id) return over || nothing;
    return html`${this.newer(newest)} ${over || nothing}`;
  }

  newer(newest) {
    const { words } = this.app;
    const lead = words(ending(newest) === 'all_clear' ? 'alert.newer.over' : 'alert.newer');
    const link = html`<a class="govuk-link alert-link" href="/app/alert/${newest.id}">${words('alert.newer.link', titled(newest, this.app))}</a>`;
    return this.panel(html`${lead}<br />${link}`, 'newer');
  }

  panel = (content, id = 'over') => html`<p class="panel panel--warn" id=${id}>${content}</p>`;

  since() {
    const { words, language } = this.app;
    const time = this.freshness.since;
    return time ? html`<p class="panel panel--warn" id="since">${words('alerts.since', { time: moment(time, language) })}</p>` : nothing;
  }

  where(alert) {
    const { words } = this.app;
    return html`<section aria-labelledby="where">
      <h2 class="govuk-heading-m" id="where">${words('alert.where')}</h2>
      <p class="govuk-body">${alert.area_name}</p>
      ${placesInWords(alert, this.places ?? [], this.app)} ${covers(alert, this.app)}
      ${polygonsOf(alert.area).length ? this.map.template(alert, this.places ?? []) : nothing}
    </section>`;
  }

  share(alert) {
    const { words } = this.app;
    const { language } = this.app;
    const address = `${location.origin}/a/${alert.id}${language === 'pl' ? '' : `?lang=${language}`}`;
    const act = async () => {
      const sharing = await share({ title: titled(alert, this.app).title, address });
      if (sharing === 'copied') this.app.say(words('alert.share.copied', { address }));
      this.set({ sharing });
    };
    return html`<p><button type="button" class="govuk-button govuk-button--secondary" id="share" @click=${act}>${words('alert.share')}</button></p>
      ${this.sharing === 'copied' ? html`<p class="govuk-body" id="shared">${words('alert.share.copied', { address })}</p>` : nothing}
      ${this.sharing === 'left'
        ? html`<p class="govuk-body" id="shared">${words('alert.share.copy')} <span class="alert__address">${address}</span></p>`
        : nothing}`;
  }

  notMine(alert, thread) {
    const { words } = this.app;
    if (!alert.ok || !this.places || this.reported === null || relation(alert, thread, this.places) === 'other') return nothing;
    if (this.reported) return html`<p class="panel panel--good" id="reported">${words('alert.notMine.thanks')}</p>`;
    return html`<section id="not-mine">
      ${this.reportFailed ? html`<p class="panel panel--bad" role="alert">${words('alert.notMine.failed')}</p>` : nothing}
      <p class="govuk-hint">${words('alert.notMine.hint')}</p>
      <button type="button" class="govuk-button govuk-button--secondary" @click=${this.onNotMine}>${words('alert.notMine')}</button>
    </section>`;
  }

  onNotMine = () => {
    this.app.say(this.app.words('alert.notMine.thanks'));
    this.set({ reported: true, reportFailed: false });
    report(this.app, this.id).catch((error) => {
      console.error(error);
      this.set({ reported: false, reportFailed: true });
    });
  };
}
