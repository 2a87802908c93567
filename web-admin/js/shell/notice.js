// A word of success that the next page shows once.

let left = null;

/** @param {string} key of the words */
export function leaveNotice(key) {
  left = key;
}

/** @returns {string | null} */
export function takeNotice() {
  const key = left;
  left = null;
  return key;
}
