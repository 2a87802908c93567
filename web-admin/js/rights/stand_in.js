// Who may stand in: the agreement of two admins, and one button that begins it.

import { html, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { field, submitButton, textarea } from '../shell/fields.js';

const time = (value, language) => new Date(value).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Warsaw' });

const button = (id, label, act) =>
  html`<button type="button" class="govuk-button govuk-button--secondary" id=${id} @click=${act}>${label}</button>`;

function standing(agreement, language) {
  if (agreement.late) return t('rights.standIn.late');
  if (agreement.runs) return t('rights.standIn.runs', { ends: time(agreement.ends, language) });
  return agreement.by2 ? t('rights.standIn.ready') : t('rights.standIn.waits');
}

/** @param {any} agreement @param {string} language @param {unknown} [buttons] */
const card = (agreement, language, buttons = nothing) => html`<dl class="govuk-summary-list">
    <div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${t('rights.standIn.who')}</dt>
      <dd class="govuk-summary-list__value">${agreement.name}: ${agreement.people.map(({ name }) => name).join(', ')}</dd></div>
    <div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${t('rights.standIn.now')}</dt>
      <dd class="govuk-summary-list__value">${standing(agreement, language)}</dd></div>
  </dl>
  <div class="govuk-button-group">${buttons}</div>`;

const beginOrEnd = (one, act) =>
  one.runs
    ? button(`end-${one.terc}`, t('rights.standIn.end'), act((api) => api.standIn(one, 'end'), 'rights.standIn.ended'))
    : button(`begin-${one.terc}`, t('rights.standIn.begin'), act((api) => api.standIn(one, 'begin'), 'rights.standIn.begun'));

const own = (one, language, act) =>
  card(
    one,
    language,
    html`${one.by2 ? beginOrEnd(one, act) : nothing}
    ${!one.by2 && one.may_confirm ? button('confirm-stand-in', t('rights.confirm'), act((api) => api.confirmStandIn(one), 'rights.confirmed')) : nothing}
    ${one.runs ? nothing : button('dissolve', t('rights.standIn.dissolve'), act((api) => api.dissolve(one), 'rights.standIn.dissolved'))}`,
  );

const form = (one, propose) => html`<form novalidate @submit=${propose}>
  ${field({ id: 'stand-in-name', label: t('rights.standIn.name'), hint: t('rights.standIn.name.hint') })}
  ${textarea({ id: 'stand-in-people', label: t('rights.standIn.people'), hint: t('rights.standIn.people.hint'), rows: 3 })}
  ${submitButton(one ? t('rights.standIn.replace') : t('rights.standIn.propose'), false)}
</form>`;

/**
 * @param {{own: any, naming: any[]}} found @param {string} language @param {boolean} admin
 * @param {(work: (api: any) => Promise<unknown>, notice: string) => () => void} act @param {(event: SubmitEvent) => void} propose
 */
export const standInPart = (found, language, admin, act, propose) => html`
  <h2 class="govuk-heading-m">${t('rights.standIn')}</h2>
  <p class="govuk-body">${t('rights.standIn.intro')}</p>
  ${found.own ? (admin ? own(found.own, language, act) : card(found.own, language)) : html`<p class="govuk-body">${t('rights.standIn.none')}</p>`}
  ${admin && !found.own?.runs ? form(found.own, propose) : nothing}
  ${found.naming.map((one) => html`<h3 class="govuk-heading-s">${t('rights.standIn.mine')}</h3>
    ${card(one, language, one.by2 ? beginOrEnd(one, act) : nothing)}`)}
`;
