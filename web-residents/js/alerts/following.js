// What a message is in its thread, said before its text: what was wrong, that it is over, that it no longer concerns me.

import { html, nothing } from '../../vendor/lit-html.js';
import { nameOf } from '../places/label.js';
import { titled } from './labels.js';
import { leftOut } from './meant.js';
import { ending } from './reading.js';

/** Leaving is told by its response or by what it asks for; who left may come back only once that is said. */
const evacuates = (alerts) => alerts.some(({ response }) => response === 'Evacuate');

/** "No longer concerns: Home. The danger there is over." @param {any} alert @param {any[]} thread @param {any[]} places @param {any} app */
export function aside(alert, thread, places, app) {
  const { words } = app;
  const out = leftOut(alert, thread, places);
  if (!out.length) return '';
  const told = words(`alert.narrowed.${alert.narrowed}`, { places: out.map((place) => nameOf(place, app)).join(', ') });
  return evacuates(thread) ? `${told} ${words('alert.narrowed.noReturn')}` : told;
}

/** The message before, in whose place this one came. */
const replacedBy = (alert, thread) => thread.find(({ version }) => version < alert.version);

/** @param {import('./reading.js').Alert} alert @param {import('./reading.js').Alert[]} thread @param {any[]} places @param {any} app */
export function following(alert, thread, places, app) {
  return [correction(alert, thread, app), clear(alert, app), narrowed(alert, thread, places, app)];
}

function correction(alert, thread, app) {
  const before = alert.kind === 'correction' && replacedBy(alert, thread);
  if (!before) return nothing;
  const how = before.state === 'cancelled' ? 'alert.takenBack' : 'alert.corrects';
  return html`<p class="panel panel--warn" id="corrects">${app.words(how)}<br />${link(before, app)}</p>`;
}

function clear(alert, { words }) {
  if (alert.kind !== 'all_clear' || ending(alert) !== 'all_clear') return nothing;
  return html`<p class="panel panel--good" id="clear">${words(alert.group === 'failure' ? 'alert.clear.failure' : 'alert.clear')}</p>`;
}

function narrowed(alert, thread, places, app) {
  const told = aside(alert, thread, places, app);
  return told ? html`<p class="panel panel--good" id="narrowed">${told}</p>` : nothing;
}

function link(alert, app) {
  const { title, language } = titled(alert, app);
  return html`<a class="govuk-link alert-link" href="/app/alert/${alert.id}" lang=${language}>${title}</a>`;
}
