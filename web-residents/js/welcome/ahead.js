// What the next step needs is fetched while the resident still reads: on a slow network each file that names another one
// costs seconds. These are the site's own files; nothing is asked of anyone else, and nothing is stored.

const NEXT = [
  ...['session/session', 'session/auth_start', 'session/firebase'],
  ...['places/new', 'places/back', 'places/cells', 'places/coordinates', 'places/details', 'places/fields', 'places/form', 'places/link'],
  ...['places/location', 'places/municipality', 'places/municipality_panel', 'places/placing', 'places/point_facts', 'places/poland', 'places/position', 'places/shapes'],
  ...['places/store', 'places/street_map', 'places/until', 'places/ways', 'shell/times'],
].map((name) => `/js/${name}.js`);
const LIBRARIES = ['/sw/config.js', '/vendor/firebase.js'];

let begun = false;

/** After the box was ticked. */
export function fetchAhead() {
  if (begun) return;
  begun = true;
  for (const href of [...NEXT, ...LIBRARIES]) {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
  }
}
