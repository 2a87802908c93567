// Which view an address shows, and who may see it. Views are loaded when they are first opened.

/**
 * `guest`: what one who has not agreed sees there: true the same view, false the welcome first, or the address of a page
 * that needs no app.
 */
export const ROUTES = [
  { path: /^\/$/, load: () => import('./alerts/list.js'), guest: false, tab: 'alerts' },
  { path: /^\/app\/alert\/(?<id>[\w-]{1,64})$/, load: () => import('./alerts/alert.js'), guest: ({ id }) => `/a/${id}`, tab: 'alerts' },
  { path: /^\/app\/places$/, load: () => import('./places/list.js'), guest: false, tab: 'places' },
  { path: /^\/app\/places\/new$/, load: () => import('./places/new.js'), guest: false, tab: 'places' },
  { path: /^\/app\/places\/(?<slot>[1-8])$/, load: () => import('./places/edit.js'), guest: false, tab: 'places' },
  { path: /^\/app\/visit$/, load: () => import('./places/visit.js'), guest: false, tab: 'places' },
  { path: /^\/app\/join$/, load: () => import('./welcome/join.js'), guest: true, tab: 'places' },
  { path: /^\/app\/settings$/, load: () => import('./settings/settings.js'), guest: false, tab: 'settings' },
  { path: /^\/app\/notifications$/, load: () => import('./receive/view.js'), guest: false, tab: 'settings' },
  { path: /^\/app\/me$/, load: () => import('./leave/me.js'), guest: true, tab: 'settings' },
  { path: /^\/app\/about$/, load: () => import('./welcome/about.js'), guest: true },
];

/**
 * @param {string} path of an address, with or without a slash at its end
 * @returns {{route: (typeof ROUTES)[number], parameters: Record<string, string>} | null}
 */
export function match(path) {
  const clean = path.length > 1 ? path.replace(/\/$/, '') : path;
  for (const route of ROUTES) {
    const found = route.path.exec(clean);
    if (found) return { route, parameters: { ...found.groups } };
  }
  return null;
}
