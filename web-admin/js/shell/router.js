// Which page an address shows. Paths, so that a link to an alert can be sent to a colleague.

import { focusOn } from './failure.js';

const ROUTES = [
  { path: /^\/(?:alerts)?$/, page: 'list' },
  { path: /^\/people$/, page: 'people' },
  { path: /^\/join$/, page: 'join' },
  { path: /^\/recover$/, page: 'recover' },
  { path: /^\/account$/, page: 'account' },
  { path: /^\/coverage$/, page: 'coverage' },
  { path: /^\/audit$/, page: 'audit' },
  { path: /^\/review$/, page: 'review' },
  { path: /^\/calls$/, page: 'calls' },
  { path: /^\/alerts\/new$/, page: 'compose' },
  { path: /^\/exercise$/, page: 'exercise' },
  { path: /^\/alerts\/([\w-]{1,64})\/announcement$/, page: 'announcement' },
  { path: /^\/alerts\/([\w-]{1,64})$/, page: 'detail' },
  { path: /^\/series$/, page: 'series' },
  { path: /^\/centres$/, page: 'centres' },
  { path: /^\/alerts\/([\w-]{1,64})\/report$/, page: 'report' },
  { path: /^\/templates$/, page: 'templates' },
  { path: /^\/templates\/([\w-]{1,64})$/, page: 'template' },
  { path: /^\/templates\/([\w-]{1,64})\/alert$/, page: 'worded' },
  { path: /^\/alerts\/([\w-]{1,64})\/edit$/, page: 'compose' },
];

/**
 * @param {string} path of an address, with or without a slash at its end
 * @returns {{page: string, id: string | null}} page "missing" when no route fits
 */
export function match(path) {
  const clean = path.length > 1 ? path.replace(/\/$/, '') : path;
  for (const route of ROUTES) {
    const found = route.path.exec(clean);
    if (found) return { page: route.page, id: found[1] ?? null };
  }
  return { page: 'missing', id: null };
}

let changed = () => {};
let shown = null;

const address = () => location.pathname + location.search;

/** @param {() => void} listener called after the address changed */
export function startRouter(listener) {
  changed = listener;
  shown = address();
  history.scrollRestoration = 'manual'; // pages are drawn later than the browser scrolls
  addEventListener('popstate', () => {
    if (address() === shown) return;
    shown = address();
    changed();
  });
  document.addEventListener('click', followInside);
}

function followInside(event) {
  const link = event.target.closest?.('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || link.target || link.hasAttribute('download')) return;
  if (link.relList.contains('external')) return; // a page that the server writes
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.origin !== location.origin) return;
  event.preventDefault();
  if (link.getAttribute('href').startsWith('#')) focusOn(link.hash.slice(1));
  else navigate(link.pathname + link.search);
}

/** The page that is shown has another address from now on. @param {string} to path with query @param {object | null} state */
export function rename(to, state = null) {
  history.replaceState(state, '', to);
  shown = address();
}

/** @param {string} to path with query */
export function navigate(to, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  shown = address();
  changed();
}
