// A word of success that the next page shows once.

/** @type {string | null} */
let left = null;

/** @param {string} action that was done */
export function leaveNotice(action) {
  left = action;
}

/** @returns {string | null} */
export function takeNotice() {
  const action = left;
  left = null;
  return action;
}
