// How many alerts wait for this person: on the icon of the installed page, and before the title of its tab.

let waiting = 0;
let heading = '';

/** @param {string} told the heading of the page @returns {string} the title of its tab */
export function titled(told) {
  heading = told;
  const name = heading ? `${heading} – Alert Online` : 'Alert Online';
  return waiting ? `(${waiting}) ${name}` : name;
}

/** @param {number} count */
export function showWaiting(count) {
  if (count === waiting) return;
  waiting = count;
  document.title = titled(heading);
  const shown = count ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  shown?.catch(() => {}); // not installed
}
