// What a message is in its thread, said before its text: what was wrong, that it is over, that it no longer concerns me.

import { html, nothing } from '../../vendor/lit-html.js';
import { nameOf } from '../places/label.js';
import { titled } from './labels.js';
import { leftOut } from './meant.js';
import { ending } from './reading.js';

/** Whoever was asked to leave may come back only once that is said. */
const evacuates = (alerts) => alerts.some(({ response }) => response === 'Evacuate');

/** "No longer concerns: Home. The danger there is over." @param {any} alert @param {any[]} thread @param {any[]} places @param {any} app */
export function aside(alert, thread, places, app) {
  const out = leftOut(alert, thread, places);
  if (!out.length) return '';
  const told = [...new Set(out.map(({ why }) => why))].map((why) => named(out, why, app));
  return [...told, ...(evacuates(thread) ? [app.words('alert.narrowed.noReturn')] : [])].join(' ');
}

const named = (out, why, app) =>
  app.words(`alert.narrowed.${why}`, { places: out.filter((one) => one.why === why).map(({ place }) => nameOf(place, app)).join(', ') });

/** @param {import('./reading.js').Alert} alert @param {import('./reading.js').Alert[]} thread @param {any[]} places @param {any} app */
export function following(alert, thread, places, app) {
  return [correction(alert, thread, app), clear(alert, app), narrowed(alert, thread, places, app)];
}

function correction(alert, thread, app) {
  const before = alert.kind === 'correction' && thread.find(({ version }) => version < alert.version);
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
