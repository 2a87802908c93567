// Follows links inside the app without loading a document; all else is left to the browser.

/** @type {(how: "go" | "back") => void} */
let changed = () => {};
/** @type {(path: string) => boolean} */
let isView = () => false;
/** @type {string | null} */
let shown = null;

const address = () => location.pathname + location.search + location.hash; // a place from a link stands behind the "#"

/**
 * @param {(how: "go" | "back") => void} listener called after the address changed
 * @param {(path: string) => boolean} leads whether a path is one of the app's views
 */
export function startRouter(listener, leads) {
  changed = listener;
  isView = leads;
  shown = address();
  addEventListener('popstate', () => {
    if (address() === shown) return;
    shown = address();
    changed('back');
  });
  document.addEventListener('click', followInside);
}

function followInside(event) {
  const link = event.target.closest?.('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || link.target || link.hasAttribute('download')) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.origin !== location.origin || !isView(link.pathname)) return;
  event.preventDefault();
  if (link.getAttribute('href').startsWith('#')) jumpTo(link.hash.slice(1));
  else go(link.pathname + link.search + link.hash);
}

function jumpTo(id) {
  const element = document.getElementById(id);
  element?.focus();
  element?.scrollIntoView({ block: 'start' });
}

/** @param {string} to path with query and fragment */
export function go(to, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  shown = address();
  changed('go');
}
