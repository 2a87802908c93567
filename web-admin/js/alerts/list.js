// All alerts of the municipality, newest change first, kept fresh while someone looks.

import { html, nothing, repeat } from '../../vendor/lit-html.js';
import { list } from '../api/alerts.js';
import { language, t } from '../i18n/index.js';
import { failurePanel } from '../shell/failure.js';
import { view } from '../shell/view.js';
import { whileVisible } from '../shell/visibility.js';
import { formatTime } from '../time/warsaw.js';
import { exerciseMark, severityMark, stateTag, textIn } from './labels.js';

const REFRESH = 10_000; // ms

const FILTERS = {
  all: [],
  draft: ['draft'],
  submitted: ['submitted'],
  scheduled: ['scheduled'],
  current: ['sending', 'active'],
  ended: ['cancelled', 'expired', 'failed'],
};

/** The field with the one time that matters most in a state. */
const MOMENTS = { scheduled: 'send_at', sending: 'started', active: 'started', cancelled: 'finished', expired: 'finished', failed: 'finished' };

function moment(alert) {
  const value = alert[MOMENTS[alert.state]];
  const key = value ? alert.state : 'changed';
  return t(`list.moment.${key}`, { time: formatTime(value ?? alert.updated, language()) });
}

const row = (alert) => html`<li class="alert-row">
  <div class="alert-row__main">
    <h2 class="govuk-heading-s alert-row__title">
      <a class="govuk-link" href="/alerts/${alert.id}">${textIn(alert, language()).title}</a>
    </h2>
    <p class="alert-row__facts">
      ${t(`category.${alert.category}`)} ${severityMark(alert.severity)}
      <span>${alert.area_name}</span>
    </p>
    <p class="alert-row__moment">${moment(alert)}</p>
  </div>
  <div class="alert-row__state">${exerciseMark(alert)} ${stateTag(alert.state)}</div>
</li>`;

const filterLink = (name, chosen) => html`<li>
  <a class="filter" href=${name === 'all' ? '/alerts' : `/alerts?show=${name}`} aria-current=${name === chosen ? 'page' : nothing}
    >${t(`list.filter.${name}`)}</a
  >
</li>`;

const empty = (chosen) => html`<p class="govuk-body empty">${t(chosen === 'all' ? 'list.empty' : 'list.emptyFilter')}</p>`;

/** Every page of answers opened so far, so that a refresh drops what has left the filter. */
async function fetchPages(states, pages) {
  let items = [];
  let after = null;
  for (let page = 0; page < pages; page += 1) {
    const answer = await list({ states, after });
    items = [...items, ...answer.items];
    after = answer.next;
    if (!after) break;
  }
  return { items, more: Boolean(after) };
}

export async function openList(root, session, { query }) {
  const wanted = query.get('show') ?? '';
  const chosen = Object.hasOwn(FILTERS, wanted) ? wanted : 'all';
  const page = new ListPage(root, session, chosen, await fetchPages(FILTERS[chosen], 1));
  return () => page.close();
}

class ListPage {
  /** @type {string} */
  chosen;
  /** @type {any[]} */
  items;
  /** @type {boolean} */
  more;
  /** @type {number} */
  pages;
  constructor(root, session, chosen, { items, more }) {
    Object.assign(this, { chosen, items, more, pages: 1, failure: null });
    this.mayWrite = session.me.roles.includes('author');
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
      Object.assign(this, await fetchPages(FILTERS[this.chosen], this.pages), { failure: null });
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
    return html`<div class="page-head">
      <h1 class="govuk-heading-l" tabindex="-1">${t('list.title')}</h1>
      ${this.mayWrite
        ? html`<a class="govuk-button page-head__action" href="/alerts/new" draggable="false">${t('list.new')}</a>`
        : nothing}
    </div>`;
  }

  template() {
    return html`
      ${this.head()}
      <nav aria-label=${t('list.filter')}>
        <ul class="filters">
          ${Object.keys(FILTERS).map((name) => filterLink(name, this.chosen))}
        </ul>
      </nav>
      ${this.failure ? failurePanel(this.failure) : nothing}
      ${this.items.length
        ? html`<ul class="alert-list">${repeat(this.items, ({ id }) => id, row)}</ul>`
        : empty(this.chosen)}
      ${this.more
        ? html`<button type="button" class="govuk-button govuk-button--secondary" @click=${this.showOlder}>${t('list.older')}</button>`
        : nothing}
    `;
  }
}
