// /alerts/{id}/report: what became of the alert's thread, as the API tells it in the person's language.

import { html, nothing } from '../../vendor/lit-html.js';
import { report, reportFile } from '../api/reports.js';
import { onLanguageChange } from '../i18n/index.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { view } from '../shell/view.js';
import { say } from './words.js';

const NARROW = 3; // columns that fit a phone side by side

/** @param {HTMLElement} root @param {unknown} _session @param {{id: string}} address */
export async function openReport(root, _session, { id }) {
  const state = { seen: await report(id), failure: /** @type {unknown} */ (null), busy: false };
  const page = view(root, () => template(id, state, save));

  async function attempt(work) {
    if (state.busy) return;
    Object.assign(state, { busy: true, failure: null });
    page.draw();
    await work().catch((error) => (state.failure = error));
    state.busy = false;
    page.drawNow();
    if (state.failure) focusOn('failure');
  }

  const save = () => attempt(async () => keep(`report-${id}.pdf`, (await reportFile(id)).file));
  const forget = onLanguageChange(() => attempt(async () => (state.seen = await report(id))));
  page.drawNow();
  return () => {
    forget();
    page.close();
  };
}

/** @param {string} name @param {Blob} file */
function keep(name, file) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const template = (id, { seen, failure, busy }, save) => html`
  <a class="govuk-back-link" href="/alerts/${id}">${say('back')}</a>
  ${failure ? failurePanel(failure) : nothing}
  <h1 class="govuk-heading-l" tabindex="-1">${seen.shown.title}</h1>
  ${seen.shown.intro.map((line) => html`<p class="govuk-body report__line">${line}</p>`)}
  <div class="button-row actions">
    <button type="button" class="govuk-button" aria-disabled=${busy ? 'true' : nothing} @click=${save}>${say('pdf')}</button>
    <button type="button" class="govuk-button govuk-button--secondary" @click=${() => print()}>${say('print')}</button>
  </div>
  ${seen.shown.sections.map(section)}
`;

const section = ({ title, notes, head, rows }, number) => html`<section aria-labelledby="part-${number}">
  <h2 class="govuk-heading-m" id="part-${number}">${title}</h2>
  ${notes.map((note) => html`<p class="govuk-hint">${note}</p>`)}
  ${rows.length ? (head.length > NARROW ? list(head, rows) : table(head, rows, number)) : nothing}
</section>`;

const table = (head, rows, number) => html`<table class="govuk-table figures-table" aria-labelledby="part-${number}">
  <thead>
    <tr>
      ${head.map((name) => html`<th scope="col">${name}</th>`)}
    </tr>
  </thead>
  <tbody>
    ${rows.map(
      ([first, ...cells]) => html`<tr>
        <th scope="row">${first}</th>
        ${cells.map((cell) => html`<td>${cell}</td>`)}
      </tr>`,
    )}
  </tbody>
</table>`;

/** Of many columns: a row is an entry, each of its cells with the name of its column. */
const list = (head, rows) => html`<ol class="govuk-list govuk-list--number">
  ${rows.map((row) => html`<li>${row.map((cell, at) => (cell ? html`<strong>${head[at]}:</strong> ${cell}. ` : nothing))}</li>`)}
</ol>`;
