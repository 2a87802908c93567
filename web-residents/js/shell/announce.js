// Says to screen readers what changed without moving the focus.

/** @param {string} text */
export function announce(text) {
  const region = /** @type {HTMLElement} */ (document.getElementById('announcements'));
  region.textContent = '';
  setTimeout(() => {
    region.textContent = text;
  }, 50);
}
