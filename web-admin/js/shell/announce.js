// Says to screen readers what changed without moving the focus.

/** @param {string} words */
export function announce(words) {
  const region = /** @type {HTMLElement} */ (document.getElementById('announcements'));
  region.textContent = '';
  setTimeout(() => {
    region.textContent = words;
  }, 50);
}
