// What somebody wants to do with an alert, told on the list: its own page, which knows it as it is now, begins it.

/** @type {{id: string, action: string} | null} */
let left = null;

/** @param {string} id @param {string} action */
export function leaveWish(id, action) {
  left = { id, action };
}

/** Had once, by the page of that alert. @param {string} id @returns {string | null} */
export function takeWish(id) {
  const found = left?.id === id ? left.action : null;
  left = null;
  return found;
}
