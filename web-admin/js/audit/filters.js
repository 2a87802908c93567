// Which entries are wanted, as the address of the page says it, and the form that changes it.

import { html, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { field, group } from '../shell/fields.js';
import { navigate } from '../shell/router.js';
import { fromWarsaw } from '../time/warsaw.js';
import { actionName, ACTIONS } from './words.js';

const DAYS = ['since', 'until'];
const KEPT = ['person', 'name', 'about', 'action', ...DAYS];

/** The address with one thing changed. @param {URLSearchParams} query @param {Record<string, string>} changes */
export function addressWith(query, changes) {
  const next = new URLSearchParams(KEPT.flatMap((name) => (query.get(name) ? [[name, query.get(name) ?? '']] : [])));
  for (const [name, value] of Object.entries(changes)) value ? next.set(name, value) : next.delete(name);
  return next.size ? `/audit?${next}` : '/audit';
}

/** What the API is asked: days become moments, the last one counts whole. @param {URLSearchParams} query */
export function askedFor(query) {
  const asked = new URLSearchParams();
  for (const name of ['person', 'about', 'action']) if (query.get(name)) asked.set(name, query.get(name) ?? '');
  const since = midnight(query.get('since'));
  const until = midnight(dayAfter(query.get('until')));
  if (since) asked.set('since', since);
  if (until) asked.set('until', until);
  return asked;
}

const midnight = (day) => (day ? fromWarsaw(`${day}T00:00`)[0]?.toISOString() : undefined);

function dayAfter(day) {
  const found = day ? new Date(`${day}T12:00:00Z`) : null;
  if (!found || Number.isNaN(found.getTime())) return '';
  found.setUTCDate(found.getUTCDate() + 1);
  return found.toISOString().slice(0, 10);
}

/** @param {URLSearchParams} query */
export const filters = (query) => html`<form class="audit-filters" @submit=${(event) => show(event, query)}>
  <h2 class="govuk-heading-m">${t('audit.filter')}</h2>
  ${only(query)}
  ${group(
    { id: 'action', label: t('audit.action') },
    html`<select class="govuk-select" id="action" name="action">
      <option value="" ?selected=${!query.get('action')}>${t('audit.action.all')}</option>
      ${ACTIONS.map((one) => html`<option value=${one} ?selected=${one === query.get('action')}>${actionName(one)}</option>`)}
    </select>`,
  )}
  ${DAYS.map((name) => field({ id: name, label: t(`audit.${name}`), input: { type: 'date', short: true, value: query.get(name) ?? '' } }))}
  <div class="govuk-button-group">
    <button type="submit" class="govuk-button govuk-button--secondary">${t('audit.show')}</button>
    ${query.size ? html`<a class="govuk-link" href="/audit">${t('audit.clear')}</a>` : nothing}
  </div>
</form>`;

const only = (query) =>
  ['person', 'about']
    .filter((name) => query.get(name))
    .map(
      (name) => html`<p class="govuk-body">
        ${t(`audit.only.${name}`, { value: (name === 'person' && query.get('name')) || query.get(name) })}
      </p>`,
    );

function show(event, query) {
  event.preventDefault();
  const { elements } = event.target;
  navigate(addressWith(query, Object.fromEntries(['action', ...DAYS].map((name) => [name, elements[name].value]))));
}
