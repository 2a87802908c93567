// A word of success that the next page shows once.

/** @typedef {{action: string, more: string}} Done what was done, and what follows from it that is not plain */

/** @type {Done | null} */
let left = null;

/** @param {string} action that was done @param {string} more */
export function leaveNotice(action, more = '') {
  left = { action, more };
}

/** @returns {Done | null} */
export function takeNotice() {
  const done = left;
  left = null;
  return done;
}
