// All alerts of the municipality, newest change first, kept fresh while someone looks.

import { html, nothing, repeat } from '../../vendor/lit-html.js';
import { list } from '../api/alerts.js';
import { action, changed, word, words } from '../api/vocabulary.js';
import { fill, language, locale, t } from '../i18n/index.js';
import { failurePanel } from '../shell/failure.js';
import { view } from '../shell/view.js';
import { whileVisible } from '../shell/visibility.js';
import { formatTime } from '../time/warsaw.js';
import { exerciseMark, severityMark, stateTag, subject, textIn } from './labels.js';

const REFRESH = 10_000; // ms

/** The one time that matters most in the alert's state; in one that the page does not know, when it was last changed. */
function moment(alert) {
  const found = word('states', alert.state).moment;
  const told = found && alert[found.field] ? { text: found.label, time: alert[found.field] } : { text: changed(), time: alert.updated };
  return fill(told.text, { time: formatTime(told.time, locale()) });
}

/** The filter of that name; without one, that of all alerts, which comes first. @returns {any} */
const filterNamed = (name) => words('filters').find(({ value }) => value === name) ?? words('filters')[0] ?? { value: '', label: '', states: [] };

const row = (alert) => html`<li class="alert-row">
  <div class="alert-row__main">
    <h2 class="govuk-heading-s alert-row__title">
      <a class="govuk-link" href="/alerts/${alert.id}">${textIn(alert, language()).title}</a>
    </h2>
    <p class="alert-row__facts">
      ${subject(alert)} ${severityMark(alert.severity)}
      <span>${alert.area_name}</span>
    </p>
    <p class="alert-row__moment">${moment(alert)}</p>
  </div>
  <div class="alert-row__state">${exerciseMark(alert)} ${stateTag(alert.state)}</div>
</li>`;

/** @param {any} filter @param {string} chosen */
const filterLink = ({ value, label, states }, chosen) => html`<li>
  <a class="filter" href=${states.length ? `/alerts?show=${value}` : '/alerts'} aria-current=${value === chosen ? 'page' : nothing}
    >${label}</a
  >
</li>`;

const empty = ({ states }) => html`<p class="govuk-body empty">${t(states.length ? 'list.emptyFilter' : 'list.empty')}</p>`;

/** Every page of answers opened so far, so that a refresh drops what has left the filter. */
async function fetchPages(states, pages) {
  let items = [];
  let unreadable = 0;
  let after = null;
  for (let page = 0; page < pages; page += 1) {
    const answer = await list({ states, after });
    items = [...items, ...answer.items];
    unreadable += answer.unreadable;
    after = answer.next;
    if (!after) break;
  }
  return { items, unreadable, more: Boolean(after) };
}

export async function openList(root, _session, { query }) {
  const { value: chosen, states } = filterNamed(query.get('show'));
  const page = new ListPage(root, chosen, await fetchPages(states, 1));
  return () => page.close();
}

class ListPage {
  /** @type {string} */
  chosen;
  /** @type {any[]} */
  items;
  /** @type {number} */
  unreadable;
  /** @type {boolean} */
  more;
  /** @type {number} */
  pages;
  constructor(root, chosen, found) {
    Object.assign(this, { chosen, ...found, pages: 1, failure: null });
    this.view = view(root, () => this.template());
    this.view.drawNow();
    this.rest = whileVisible(this.refresh, REFRESH);
  }

  close() {
    this.rest();
    this.view.close();
  }

  refresh = async () => {
    try {
      Object.assign(this, await fetchPages(filterNamed(this.chosen).states, this.pages), { failure: null });
    } catch (error) {
      this.failure = error;
    }
    this.view.draw();
  };

  showOlder = () => {
    this.pages += 1;
    return this.refresh();
  };

  head() {
    const create = action('create');
    return html`<div class="page-head">
      <h1 class="govuk-heading-l" tabindex="-1">${t('list.title')}</h1>
      ${create.may
        ? html`<a class="govuk-button page-head__action" href="/alerts/new" draggable="false">${create.label}</a>`
        : nothing}
    </div>`;
  }

  template() {
    return html`
      ${this.head()}
      <nav aria-label=${t('list.filter')}>
        <ul class="filters">
          ${words('filters').map((filter) => filterLink(filter, this.chosen))}
        </ul>
      </nav>
      ${this.failure ? failurePanel(this.failure) : nothing}
      ${this.unreadable ? html`<p class="govuk-inset-text">${t('list.unreadable', { count: this.unreadable })}</p>` : nothing}
      ${this.items.length
        ? html`<ul class="alert-list">${repeat(this.items, ({ id }) => id, row)}</ul>`
        : empty(filterNamed(this.chosen))}
      ${this.more
        ? html`<button type="button" class="govuk-button govuk-button--secondary" @click=${this.showOlder}>${t('list.older')}</button>`
        : nothing}
    `;
  }
}
