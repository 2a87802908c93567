// All alerts of the municipality, newest change first, kept fresh while someone looks.

import { html, nothing, repeat } from '../../vendor/lit-html.js';
import { list } from '../api/alerts.js';
import { language, t } from '../i18n/index.js';
import { failurePanel } from '../shell/failure.js';
import { view } from '../shell/view.js';
import { whileVisible } from '../shell/visibility.js';
import { formatTime } from '../time/warsaw.js';
import { severityMark, stateTag, textIn } from './labels.js';

const REFRESH = 10_000; // ms

const FILTERS = {
  all: [],
  draft: ['draft'],
  submitted: ['submitted'],
  scheduled: ['scheduled'],
  current: ['sending', 'active'],
  ended: ['cancelled', 'expired'],
};

/** The one time that matters most in an alert's state. */
function moment(alert) {
  const at = (key, value) => t(`list.moment.${key}`, { time: formatTime(value, language()) });
  if (alert.state === 'scheduled' && alert.send_at) return at('planned', alert.send_at);
  if (alert.state === 'sending' || alert.state === 'active') return at('sent', alert.started ?? alert.updated);
  if (alert.state === 'cancelled' || alert.state === 'expired') return at('ended', alert.finished ?? alert.updated);
  return at('changed', alert.updated);
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
  <div class="alert-row__state">${stateTag(alert.state)}</div>
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
  const chosen = Object.hasOwn(FILTERS, query.get('show') ?? '') ? query.get('show') : 'all';
  const state = { pages: 1, stale: null, ...(await fetchPages(FILTERS[chosen], 1)) };

  const refresh = async () => {
    try {
      Object.assign(state, await fetchPages(FILTERS[chosen], state.pages), { stale: null });
    } catch (error) {
      state.stale = error;
    }
    page.draw();
  };

  const older = async () => {
    state.pages += 1;
    await refresh();
  };

  const page = view(
    root,
    () => html`
      <div class="page-head">
        <h1 class="govuk-heading-l" tabindex="-1">${t('list.title')}</h1>
        ${session.me.roles.includes('author')
          ? html`<a class="govuk-button page-head__action" href="/alerts/new" draggable="false">${t('list.new')}</a>`
          : nothing}
      </div>
      <nav aria-label=${t('list.filter')}>
        <ul class="filters">
          ${Object.keys(FILTERS).map((name) => filterLink(name, chosen))}
        </ul>
      </nav>
      ${state.stale ? failurePanel(state.stale) : nothing}
      ${state.items.length ? html`<ul class="alert-list">${repeat(state.items, ({ id }) => id, row)}</ul>` : empty(chosen)}
      ${state.more
        ? html`<button type="button" class="govuk-button govuk-button--secondary" @click=${older}>${t('list.older')}</button>`
        : nothing}
    `,
  );
  page.drawNow();
  const rest = whileVisible(refresh, REFRESH);
  return () => {
    rest();
    page.close();
  };
}
