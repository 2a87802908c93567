// The first view of a resident: alerts that mean my places now, then before, then the rest of the municipality.

import { html, nothing, repeat } from '../../vendor/lit-html.js';
import { now as clock } from '../../sw/clock.js';
import { sayArrived } from './arrived.js';
import { promised } from './facts.js';
import { aside } from './following.js';
import { exerciseMark, kindMark, severityMark, subject, timesOf, unverifiedMark } from './labels.js';
import { isCurrent, textIn } from './reading.js';
import { keepFresh } from './freshness.js';
import { nameOf } from '../places/label.js';
import { watchMine } from './store.js';
import { replacedBy } from './thread_list.js';
import { byUrgency, isPast, members } from './threads.js';
import { isDone } from '../shell/steps.js';
import { moment } from '../shell/times.js';
import { notWritingIn } from './written.js';

const BEFORE = 30 * 24 * 60 * 60 * 1000; // ms

const holds = ({ newest }, now) => Number(isCurrent(newest, now));

/** A danger to life somewhere else in my municipality is not folded away. */
const isDanger = (alert, now) => alert.severity === 'Extreme' && !alert.exercise && alert.kind !== 'all_clear' && isCurrent(alert, now);

const toneOf = ({ kind, severity }, past) => (kind === 'all_clear' || past ? 'all_clear' : (severity ?? '').toLowerCase());

export function open(app) {
  const view = new ListView(app);
  const filled = () => Boolean(view.mine?.threads.length);
  return { title: () => app.words('alerts.title'), template: () => view.template(), filled, close: () => view.close() };
}

const loading = (words) => html`<p class="loading"><span class="govuk-visually-hidden">${words('shell.loading')}</span></p>`;

class ListView {
  /** @type {any} */
  mine = null;
  /** @type {Error | null} */
  failure = null;

  constructor(app) {
    this.app = app;
    this.freshness = keepFresh(app);
    this.stop = watchMine(app, this.onChange, this.onFailure);
  }

  close() {
    this.freshness.close();
    this.stop();
  }

  onFailure = (failure) => {
    console.error(failure);
    this.failure = failure;
    this.app.redraw();
  };

  onChange = (mine) => {
    this.sayNew(this.mine, mine);
    this.mine = mine;
    this.failure = null;
    if (mine.places.length) isDone('place');
    this.freshness.heard(mine.fromPhone, mine.towns.map(({ terc }) => terc));
    if (mine.towns.length) this.app.showPlace?.(mine.towns.map(({ name }) => name).join(', '));
    this.app.redraw();
  };

  /** What came while the list was open is said without moving the focus. */
  sayNew(before, after) {
    if (!before) return;
    const known = new Set(before.threads.map(({ newest }) => newest.id));
    const arrived = after.threads.filter(({ mine, newest }) => mine && !known.has(newest.id));
    sayArrived(this.app, arrived.map(({ newest }) => newest));
  }

  text = (alert) => textIn(alert, this.app.language);

  groups() {
    const now = clock();
    const recent = this.mine.threads.filter(({ newest }) => isCurrent(newest, now) || Date.parse(newest.sent) > now - BEFORE);
    const mine = recent.filter((thread) => thread.mine);
    const others = recent.filter((thread) => !thread.mine);
    return {
      current: mine.filter(({ newest }) => isCurrent(newest, now)).sort(byUrgency),
      before: mine.filter(({ newest }) => !isCurrent(newest, now)),
      near: others.filter(({ newest }) => isDanger(newest, now)),
      others: others.filter(({ newest }) => !isDanger(newest, now)).sort((a, b) => holds(b, now) - holds(a, now) || byUrgency(a, b)),
    };
  }

  template() {
    const { words } = this.app;
    return html`
      <h1 class="govuk-heading-l">${words('alerts.title')}</h1>
      ${this.failure ? html`<p class="panel panel--bad" role="alert">${words('alerts.failed')}</p>` : nothing}
      ${this.mine ? this.content() : this.freshness.waiting ? loading(words) : this.unknown()}
    `;
  }

  content() {
    const { places, towns, threads, fromPhone } = this.mine;
    if (threads.length || towns.length) return html`${this.since()} ${this.untranslated()} ${this.lists()}`;
    if (fromPhone) return this.unknown();
    return places.length ? html`<p class="govuk-body">${this.app.words('alerts.unserved')}</p>` : this.noPlace();
  }

  noPlace() {
    const { words } = this.app;
    return html`<div class="panel" id="no-place">
      <h2 class="govuk-heading-m">${words('alerts.noPlace')}</h2>
      <p class="govuk-body">${words('alerts.noPlace.body')}</p>
      <a class="govuk-button" href="/app/places/new" draggable="false">${words('alerts.noPlace.add')}</a>
    </div>`;
  }

  since() {
    const { words, language } = this.app;
    const time = this.freshness.since;
    return time ? html`<p class="panel panel--warn" id="since">${words('alerts.since', { time: moment(time, language) })}</p>` : nothing;
  }

  /** A language of the app is not one that the office writes in. */
  untranslated() {
    const { language, words } = this.app;
    return notWritingIn(language, this.mine.towns).map((name) => html`<p class="govuk-hint">${words('alerts.untranslated', { municipality: name })}</p>`);
  }

  lists() {
    const { words } = this.app;
    const { current, before, near, others } = this.groups();
    return html`
      ${this.section('now', words('alerts.now'), current, this.none('alerts.none'))}
      ${near.length ? this.section('near', words('alerts.near'), near, nothing, words('alerts.others.hint')) : nothing}
      ${this.section('before', words('alerts.before'), before, this.none('alerts.none.before'), words('alerts.before.span'))}
      ${others.length ? this.folded(others) : nothing}
    `;
  }

  /** That there is nothing is said only as the server said it, and with the moment when that was long ago. */
  none(key) {
    const { words, language } = this.app;
    const { known, since, waiting } = this.freshness;
    if (waiting) return words('alerts.asking');
    if (!known) return words('alerts.unknown');
    return since ? words(`${key}.then`, { time: moment(since, language) }) : words(key);
  }

  unknown() {
    const { words } = this.app;
    return html`<div class="panel panel--warn" id="unknown" role="status">
      <p class="govuk-body">${words(this.freshness.waiting ? 'alerts.asking' : 'alerts.unknown')}</p>
      <p class="govuk-body"><a class="govuk-link" href="/alerts">${words('alerts.unknown.public')}</a></p>
    </div>`;
  }

  section(id, title, threads, none, hint = '') {
    return html`<section id=${id} aria-labelledby="${id}-title">
      <h2 class="govuk-heading-m alerts__title" id="${id}-title">${title}</h2>
      ${hint ? html`<p class="govuk-hint">${hint}</p>` : nothing}
      ${threads.length ? this.list(threads) : html`<p class="govuk-body alerts__none">${none}</p>`}
    </section>`;
  }

  folded(others) {
    const { words } = this.app;
    return html`<details class="govuk-details" id="others">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">${words('alerts.others', { count: others.length })}</span>
      </summary>
      <div class="govuk-details__text">
        <p class="govuk-hint">${words('alerts.others.hint')}</p>
        ${this.list(others)}
      </div>
    </details>`;
  }

  list = (threads) => html`<ul class="alerts">${repeat(threads, ({ key }) => key, this.item)}</ul>`;

  /** @param {import('./store.js').MyThread} thread */
  item = (thread) => {
    const { newest, older, muted, places, town } = thread;
    const { words } = this.app;
    const past = isPast(thread);
    const told = aside(thread.newest, members(thread), this.mine.places, this.app);
    const late = promised(newest, this.app);
    const { title, language } = this.text(newest);
    return html`<li class="alerts__item alerts__item--${toneOf(newest, past || newest.narrowed && newest.pushed)} ${newest.ok || newest.pushed ? '' : 'alerts__item--bad'}">
      <p class="alerts__marks">
        ${newest.pushed ? nothing : unverifiedMark(newest, this.app)} ${past ? nothing : severityMark(newest, this.app)} ${exerciseMark(newest, this.app)}
        ${kindMark(newest, this.app)}
      </p>
      <h3 class="alerts__heading"><a class="govuk-link" href="/app/alert/${newest.id}" lang=${language}>${title}</a></h3>
      ${newest.pushed ? html`<p class="alerts__facts"><strong>${words('alerts.pushed')}</strong></p>` : nothing}
      ${told ? html`<p class="alerts__facts"><strong>${told}</strong></p>` : nothing}
      ${late ? html`<p class="alerts__facts"><strong>${late}</strong></p>` : nothing}
      <p class="alerts__facts">${subject(newest, this.app)}</p>
      ${places.length ? html`<p class="alerts__facts">${words('alerts.concerns', { places: places.map((place) => nameOf(place, this.app)).join(', ') })}</p>` : nothing}
      <p class="alerts__facts">${newest.area_name}${town && this.mine.towns.length > 1 ? `, ${town.name}` : ''}</p>
      <p class="alerts__facts">${timesOf(newest, this.app)}</p>
      ${muted ? html`<p class="alerts__facts">${words('alerts.muted')}</p>` : nothing} ${older.length ? this.older(newest, older) : nothing}
    </li>`;
  };

  /** Each with what took its place; unfolded while the newest is known by its push alone. */
  older = (newest, alerts) => html`<details class="govuk-details alerts__older" ?open=${Boolean(newest.pushed)}>
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">${this.app.words('alerts.older', { count: alerts.length })}</span>
    </summary>
    <ul class="govuk-details__text">
      ${alerts.map((alert, at) => {
        const { title, language } = this.text(alert);
        return html`<li>
          <a class="govuk-link" href="/app/alert/${alert.id}" lang=${language}>${title}</a> ${exerciseMark(alert, this.app)} ${kindMark(alert, this.app)}
          <span class="alerts__facts">${timesOf(alert, this.app, newest)}. ${replacedBy(alerts[at - 1] ?? newest, this.app)}</span>
        </li>`;
      })}
    </ul>
  </details>`;
}
