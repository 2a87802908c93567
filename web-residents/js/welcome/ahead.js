// What the next step needs is fetched while the resident still reads: on a slow network each file that names another one
// costs seconds. These are the site's own files; nothing is asked of anyone else, and nothing is stored.

/** After the box was ticked, and, without what the first step alone needs, at each later start. The page names the files (infra/bundle.mjs). */
export function fetchAhead({ isNew = true } = {}) {
  const links = document.querySelectorAll(isNew ? 'link[rel="ahead"]' : 'link[rel="ahead"]:not([data-step])');
  for (const link of /** @type {NodeListOf<HTMLLinkElement>} */ (links)) {
    link.rel = link.as === 'fetch' ? 'preload' : 'modulepreload';
  }
}
