// Where one was in the list: a person who comes back from an alert finds the list as it was.

const START = '/alerts';
const KEPT = 30 * 60 * 1000; // ms; later the list is another one

/** @typedef {{address: string, pages: number, scrolled: number, alert: string | null, at: number}} Place */

/** @type {Place | null} */
let left = null;

/** @param {Omit<Place, 'at'>} place when one leaves the list; `alert`: the one whose link was followed */
export function leavePlace(place) {
  left = { ...place, at: Date.now() };
}

/** The place, if the list of this address was left a while ago; it is had once. @returns {Place | null} */
export function takePlace(address) {
  const found = left;
  if (!found || found.address !== address || Date.now() - found.at >= KEPT) return null;
  left = null;
  return found;
}

/** The list one came from, with its filter and search. */
export const listAddress = () => left?.address ?? START;
