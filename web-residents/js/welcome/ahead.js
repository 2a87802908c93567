// What the next step needs is fetched while the resident still reads: on a slow network each file that names another one
// costs seconds. These are the site's own files; nothing is asked of anyone else, and nothing is stored.

/** After the box was ticked. The page names the files (infra/bundle.mjs). */
export function fetchAhead() {
  for (const link of /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[rel="ahead"]'))) {
    link.rel = link.as === 'fetch' ? 'preload' : 'modulepreload';
  }
}
