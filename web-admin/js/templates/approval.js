// Who gave their word for a template as it is: after two have, it can be sent without a second person.

import { html, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';

export const APPROVALS = 2; // different people (shared/domain/facts/office_template.py)

/** What this person can do about it, or why nothing. @param {any} page */
function step({ office, found, me, untouched, busy, approve }) {
  if (!office.mayChange) return nothing;
  if (found.approved_by.some(({ uid }) => uid === me)) return html`<p class="govuk-hint">${t('templates.approval.yours')}</p>`;
  if (!untouched) return html`<p class="govuk-hint">${t('templates.approval.unsaved')}</p>`;
  return html`<button type="button" class="govuk-button govuk-button--secondary" id="approve" aria-disabled=${busy ? 'true' : nothing} @click=${approve}>
    ${t('templates.approval.approve')}
  </button>`;
}

/** @param {any} page the state and actions of editor.js; its template is stored */
export const approvalPart = (page) => {
  const names = page.found.approved_by.map(({ name }) => name).join(', ');
  const ready = page.found.approved_by.length >= APPROVALS;
  return html`<section class="approval" id="approval" tabindex="-1" aria-labelledby="approval-heading">
    <h2 class="govuk-heading-m" id="approval-heading">${t('templates.approval')}</h2>
    ${page.notice ? html`<p class="govuk-inset-text" id="notice" role="status">${page.notice}</p>` : nothing}
    <p class="govuk-body">${names ? t('templates.approval.by', { names }) : t('templates.approval.none')}</p>
    <p class="govuk-hint">${t(ready ? 'templates.approval.ready' : 'templates.approval.needs')}</p>
    ${step(page)}
  </section>`;
};
