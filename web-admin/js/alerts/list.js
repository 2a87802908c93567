// All alerts of the municipality by what matters, kept fresh while someone looks, and found again where one left them.

import { html, nothing, repeat } from '../../vendor/lit-html.js';
import { action, words } from '../api/vocabulary.js';
import { t } from '../i18n/index.js';
import { unsavedDrafts } from '../session/drafts.js';
import { showWaiting } from '../shell/badge.js';
import { failurePanel } from '../shell/failure.js';
import { polling } from '../shell/polling.js';
import { rename } from '../shell/router.js';
import { view } from '../shell/view.js';
import { MOST_OPEN, MOST_SEARCHED, newest, PAGE } from './fetched.js';
import { leavePlace, takePlace } from './place.js';
import { quickList, quickTemplates } from './quick.js';
import { row, unsavedRow } from './row.js';
import { matching } from './search.js';
import { openStates, sectionsOf, waitingOf } from './sections.js';

const REFRESH = 10_000; // ms
const PAUSE = 300; // ms without a key before the search begins

/** The filter of that name; without one, that of all alerts, which comes first. @returns {any} */
const filterNamed = (name) => words('filters').find(({ value }) => value === name) ?? words('filters')[0] ?? { value: '', label: '', states: [] };

/** @param {string} chosen filter @param {string} query */
const addressOf = (chosen, query) => {
  const asked = new URLSearchParams([
    ...(filterNamed(chosen).states.length ? [['show', chosen]] : []),
    ...(query.trim() ? [['q', query]] : []),
  ]);
  return asked.size ? `/alerts?${asked}` : '/alerts';
};

/** @param {any} filter @param {ListPage} page */
const filterLink = ({ value, label, states }, page) => {
  const count = page.countOf(states);
  return html`<li>
    <a class="filter" href=${addressOf(value, page.query)} aria-current=${value === page.chosen ? 'page' : nothing}
      >${label}${count === null ? nothing : html` <span class="filter__count">${count}</span>`}</a
    >
  </li>`;
};

export async function openList(root, session, { query }) {
  const { value: chosen } = filterNamed(query.get('show'));
  const place = takePlace(location.pathname + location.search);
  const page = new ListPage(root, session.me, { chosen, query: query.get('q') ?? '', pages: place?.pages ?? 1 });
  page.take(await page.fetch());
  page.start(place);
  return () => page.close();
}

class ListPage {
  /** @type {string} */
  chosen;
  /** @type {string} */
  query;
  /** @type {number} */
  pages;
  /** What is not over, whatever is shown: it is counted. @type {any[]} */
  open = [];
  /** @type {any[]} */
  others = [];
  /** What a new alert may begin with. @type {import('./quick.js').Template[]} */
  quick = [];
  unreadable = 0;
  more = false;
  /** @type {unknown} */
  failure = null;
  /** @type {any} */
  #timer;
  /** @type {{close: () => void} | undefined} */
  #polling;

  /** @param {HTMLElement} root @param {any} me @param {{chosen: string, query: string, pages: number}} shown */
  constructor(root, me, shown) {
    Object.assign(this, shown);
    this.me = me;
    this.root = root;
    this.view = view(root, () => this.template());
  }

  start(place) {
    this.view.drawNow();
    if (place) this.comeBack(place);
    if (action('create').may) this.learnQuick();
    this.#polling = polling(this.follow, REFRESH);
  }

  async learnQuick() {
    this.quick = await quickTemplates();
    this.view.draw();
  }

  close() {
    leavePlace({
      address: addressOf(this.chosen, this.query),
      pages: this.pages,
      scrolled: scrollY,
      alert: document.activeElement?.closest('[data-alert]')?.getAttribute('data-alert') ?? null,
    });
    clearTimeout(this.#timer);
    this.#polling?.close();
    this.view.close();
  }

  /** To the alert one came from, where it stood. @param {import('./place.js').Place} place */
  comeBack({ alert, scrolled }) {
    this.root.dataset.placed = '';
    const links = [...this.root.querySelectorAll('[data-alert] a')];
    const target = links.find((link) => link.closest('[data-alert]')?.getAttribute('data-alert') === alert) ?? this.root.querySelector('h1');
    /** @type {HTMLElement | null} */ (target)?.focus({ preventScroll: true });
    scrollTo(0, scrolled);
  }

  /** All that is not over, to be counted; and the newest of the rest, with what only a later release has a word for. */
  async fetch() {
    const { states } = filterNamed(this.chosen);
    const asked = states.filter((state) => !openStates().includes(state));
    const most = this.query.trim() ? MOST_SEARCHED : this.pages * PAGE;
    const none = { items: [], unreadable: 0, more: false };
    return Promise.all([newest(openStates(), MOST_OPEN), states.length && !asked.length ? none : newest(asked, most)]);
  }

  take([open, rest]) {
    const counted = new Set(open.items.map(({ id }) => id));
    const others = rest.items.filter(({ id }) => !counted.has(id));
    Object.assign(this, { open: open.items, others, unreadable: Math.max(open.unreadable, rest.unreadable), more: rest.more, failure: null });
    showWaiting(waitingOf([...this.open, ...this.others]));
  }

  /** Rejects as the questions do. */
  follow = async () => {
    try {
      this.take(await this.fetch());
      return REFRESH;
    } catch (error) {
      this.failure = error;
      throw error;
    } finally {
      this.view.draw();
    }
  };

  refresh = () => this.follow().catch(() => {});

  showOlder = () => {
    this.pages += 1;
    return this.refresh();
  };

  search = (event) => {
    this.query = event.target.value;
    rename(addressOf(this.chosen, this.query));
    this.view.draw();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.refresh, PAUSE);
  };

  /** How many are in these states; null where not all are fetched. */
  countOf(states) {
    const known = states.length && states.every((state) => openStates().includes(state));
    return known ? this.open.filter(({ state }) => states.includes(state)).length : null;
  }

  shown() {
    const { states } = filterNamed(this.chosen);
    const fits = matching(this.query);
    const chosen = (alert) => !states.length || states.includes(alert.state);
    return [...this.open, ...this.others].filter((alert) => chosen(alert) && fits(alert));
  }

  /** Texts that are only in this browser stand with the drafts. */
  unsaved() {
    const drafts = filterNamed(this.chosen).states.every((state) => openStates().includes(state));
    return drafts && !this.query.trim() ? unsavedDrafts(this.me?.uid) : [];
  }

  head() {
    const create = action('create');
    return html`<div class="page-head">
      <h1 class="govuk-heading-l" tabindex="-1">${t('list.title')}</h1>
      ${create.may
        ? html`<a class="govuk-button page-head__action" href="/alerts/new" draggable="false">${create.label}</a>`
        : nothing}
    </div>`;
  }

  searchField() {
    return html`<div class="search" role="search">
      <label class="govuk-label" for="search">${t('list.search')}</label>
      <input class="govuk-input" id="search" type="search" autocomplete="off" .value=${this.query} @input=${this.search} />
    </div>`;
  }

  section({ name, alerts }) {
    return html`<section aria-labelledby="desk-${name}" data-section=${name}>
      <h2 class="govuk-heading-m" id="desk-${name}">
        ${t(`desk.${name}`)} ${name === 'over' ? nothing : html`<span class="desk__count">(${alerts.length})</span>`}
      </h2>
      <ul class="alert-list">
        ${repeat(alerts, ({ id }) => id, (alert) => row(alert, this.me))}
      </ul>
    </section>`;
  }

  rows(alerts) {
    if (alerts.length) return sectionsOf(alerts).map((section) => this.section(section));
    if (this.query.trim()) return html`<p class="govuk-body empty">${t('list.emptySearch')}</p>`;
    return html`<p class="govuk-body empty">${t(filterNamed(this.chosen).states.length ? 'list.emptyFilter' : 'list.empty')}</p>`;
  }

  /** @param {any[]} alerts */
  found(alerts) {
    return html`<p class="govuk-hint" role="status">
      ${this.query.trim() ? t(this.more ? 'list.foundOfNewest' : 'list.found', { count: alerts.length, most: MOST_SEARCHED }) : nothing}
    </p>`;
  }

  template() {
    const alerts = this.shown();
    const unsaved = this.unsaved();
    return html`
      ${this.head()} ${quickList(this.quick)} ${this.searchField()}
      <nav aria-label=${t('list.filter')}>
        <ul class="filters">
          ${words('filters').map((filter) => filterLink(filter, this))}
        </ul>
      </nav>
      ${this.failure ? failurePanel(this.failure) : nothing}
      ${this.unreadable ? html`<p class="govuk-inset-text">${t('list.unreadable', { count: this.unreadable })}</p>` : nothing}
      ${this.found(alerts)}
      ${unsaved.length
        ? html`<section aria-labelledby="desk-unsaved" data-section="unsaved">
            <h2 class="govuk-heading-m" id="desk-unsaved">${t('desk.unsaved')} <span class="desk__count">(${unsaved.length})</span></h2>
            <ul class="alert-list">
              ${unsaved.map(unsavedRow)}
            </ul>
          </section>`
        : nothing}
      ${this.rows(alerts)}
      ${this.more && !this.query.trim()
        ? html`<button type="button" class="govuk-button govuk-button--secondary" @click=${this.showOlder}>${t('list.older')}</button>`
        : nothing}
    `;
  }
}
