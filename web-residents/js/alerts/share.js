// Passing an alert on: its public page, which anyone can open.

/**
 * @param {{title: string, address: string}} what
 * @returns {Promise<string>} "shared", "copied" or "left": the browser can do neither, or the reader thought better of it
 */
export async function share({ title, address }) {
  if (navigator.share) {
    const shared = await navigator.share({ title, url: address }).then(
      () => 'shared',
      (error) => (error.name === 'AbortError' ? 'left' : null),
    );
    if (shared) return shared;
  }
  if (!navigator.clipboard) return 'left';
  return navigator.clipboard.writeText(address).then(
    () => 'copied',
    () => 'left',
  );
}
