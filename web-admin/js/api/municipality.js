// For which municipality the page asks, where somebody acts in several; kept for this tab alone.

const KEPT = 'alert-online-municipality';

/** @returns {string} its TERC, empty for the person's own */
export function chosenMunicipality() {
  try {
    return sessionStorage.getItem(KEPT) ?? '';
  } catch {
    return '';
  }
}

/** @param {string} terc empty: their own */
export function chooseMunicipality(terc) {
  if (terc) sessionStorage.setItem(KEPT, terc);
  else sessionStorage.removeItem(KEPT);
}
