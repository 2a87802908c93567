// An alert that comes while another view is open leaves its trace there, and on the app's icon, until it is read.

import { html, nothing } from '../../vendor/lit-html.js';
import { onPushed, pushedAlert } from './pushed.js';
import { sayArrived } from './arrived.js';
import { titled } from './labels.js';
import { isCurrent } from './reading.js';

let waiting = /** @type {import('./reading.js').Alert[]} */ ([]); // not read yet, the newest last

/** @param {any} app @param {() => void} changed the banner is to be drawn anew */
export function startArrivals(app, changed) {
  onPushed(async (id) => {
    const alert = await pushedAlert(id);
    if (!alert || !isCurrent(alert)) return; // what came late may be over
    waiting = [...waiting.filter(({ thread }) => thread !== alert.thread), alert];
    badge();
    sayArrived(app, [alert]);
    changed();
  });
}

/** Where the browser can: the number on the app's icon. */
function badge() {
  const { setAppBadge, clearAppBadge } = /** @type {any} */ (navigator);
  (waiting.length ? setAppBadge?.call(navigator, waiting.length) : clearAppBadge?.call(navigator))?.catch(() => {});
}

/** On the list all of them stand anyway, and on its own view one is being read. */
function forget(path) {
  const left = path === '/' ? [] : waiting.filter(({ id }) => path !== `/app/alert/${id}`);
  if (left.length === waiting.length) return;
  waiting = left;
  badge();
}

/** @param {import('./reading.js').Alert} alert */
const toneOf = ({ kind, narrowed, severity }) => (kind === 'all_clear' || narrowed ? 'all_clear' : (severity ?? '').toLowerCase());

/** @param {any} app */
export function banner(app) {
  forget(location.pathname);
  const newest = waiting.at(-1);
  if (!newest) return nothing;
  const { title, language } = titled(newest, app);
  return html`<aside class="arrival arrival--${toneOf(newest)}" id="arrival" role="alert">
    <p class="arrival__title">${app.words('alerts.new')}</p>
    <p class="arrival__text"><a class="govuk-link" href="/app/alert/${newest.id}" lang=${language}>${title}</a></p>
    ${waiting.length > 1 ? html`<p class="arrival__text"><a class="govuk-link" href="/">${app.words('alerts.new.all', { count: waiting.length })}</a></p>` : nothing}
  </aside>`;
}
