// Who did what in the municipality, for those who look after that: filtered, read, taken along.

import { html, nothing } from '../../vendor/lit-html.js';
import { alertPacket, auditFile, auditPage } from '../api/audit.js';
import { t } from '../i18n/index.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { view } from '../shell/view.js';
import { askedFor, filters } from './filters.js';
import { alertOf, row } from './row.js';

/** @type {('csv' | 'json')[]} */
const FORMATS = ['csv', 'json'];

/** @param {HTMLElement} root @param {unknown} _session @param {{query: URLSearchParams}} address */
export async function openAudit(root, _session, { query }) {
  const first = await auditPage(askedFor(query));
  const state = { ...first, failure: /** @type {unknown} */ (null), saved: '', query, busy: false };
  const page = view(root, () => template(state, { more, save }));

  /** One thing at a time; what fails is told and can be tried again. @param {() => Promise<void>} work */
  async function attempt(work) {
    if (state.busy) return;
    Object.assign(state, { busy: true, failure: null, saved: '' });
    page.draw();
    await work().catch((error) => (state.failure = error));
    state.busy = false;
    page.drawNow();
    if (state.failure) focusOn('failure');
  }

  const more = () =>
    attempt(async () => {
      const asked = askedFor(query);
      asked.set('after', state.next ?? '');
      const older = await auditPage(asked);
      const shown = state.items.length;
      Object.assign(state, older, { items: [...state.items, ...older.items], unreadable: state.unreadable + older.unreadable });
      page.drawNow();
      /** @type {HTMLElement | null} */ (root.querySelectorAll('.audit-entry summary')[shown])?.focus();
    });

  const save = (name, fetched) =>
    attempt(async () => {
      state.saved = (await keepAll(name, fetched)).join(', ');
    });

  page.drawNow();
  return page.close;
}

/**
 * What is too long for one file goes into several, none of which is the last until nothing follows.
 * @param {string} name of the first @param {(after: string | null) => Promise<{file: Blob, next: string | null}>} fetched
 * @returns {Promise<string[]>} their names
 */
async function keepAll(name, fetched) {
  /** @type {string[]} */
  const names = [];
  /** @type {string | null} */
  let after = null;
  do {
    const part = await fetched(after);
    const told = names.length ? name.replace('.', `-${names.length + 1}.`) : name;
    keep(part.file, told);
    names.push(told);
    after = part.next;
  } while (after);
  return names;
}

/** Hands a file to the browser, which asks nobody where it goes. @param {Blob} file @param {string} name */
function keep(file, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const template = (state, { more, save }) => html`
  <a class="govuk-back-link" href="/alerts">${t('missing.back')}</a>
  <h1 class="govuk-heading-l" tabindex="-1">${t('audit.title')}</h1>
  <p class="govuk-body">${t('audit.intro')}</p>
  ${state.failure ? failurePanel(state.failure) : nothing} ${filters(state.query)} ${files(state, save)}
  ${state.unreadable ? html`<p class="govuk-inset-text" role="alert">${t('audit.unreadable', { count: state.unreadable })}</p>` : nothing}
  <h2 class="govuk-heading-m">${t('audit.list')}</h2>
  ${state.items.length
    ? html`<ol class="audit-list">
        ${state.items.map((entry) => row(entry, state.query))}
      </ol>`
    : html`<p class="govuk-body">${t('audit.none')}</p>`}
  ${state.next
    ? html`<button type="button" class="govuk-button govuk-button--secondary" @click=${more}>${t('audit.more')}</button>`
    : nothing}
`;

const files = (state, save) => {
  const asked = askedFor(state.query);
  const alert = alertOf(state.query);
  return html`<h2 class="govuk-heading-m">${t('audit.files')}</h2>
    <div class="govuk-button-group">
      ${FORMATS.map((format) => file(`audit.${format}`, () => save(`audit.${format}`, (after) => auditFile(asked, format, after))))}
      ${alert ? file('audit.packet', () => save(`alert-${alert}.zip`, () => alertPacket(alert))) : nothing}
    </div>
    <p class="govuk-body" role="status">${state.saved ? t('audit.saved', { name: state.saved }) : nothing}</p>`;
};

const file = (label, onclick) =>
  html`<button type="button" class="govuk-button govuk-button--secondary" @click=${onclick}>${t(label)}</button>`;
