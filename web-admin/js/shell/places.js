// Going to another municipality: the pages begin anew there.

import { chooseMunicipality } from '../api/municipality.js';

const OVER = 'alert-online-stand-in-over';

/** @param {string} terc empty: the person's own @param {string} path */
export function goTo(terc, path = '/alerts') {
  chooseMunicipality(terc);
  location.assign(path);
}

/** Home, from where one stood in; the first page there says why. */
export function comeHome() {
  sessionStorage.setItem(OVER, 'yes');
  goTo('');
}

/** Whether a stand-in has ended a moment ago; told once. */
export function cameHome() {
  const over = sessionStorage.getItem(OVER) !== null;
  sessionStorage.removeItem(OVER);
  return over;
}
