// Repeats work only while someone looks at the page.

/**
 * Calls `work` every `interval` ms while the page is visible, and at once when it becomes visible
 * again; never twice at the same time.
 * @param {() => Promise<unknown>} work must not reject
 * @returns {() => void} ends it
 */
export function whileVisible(work, interval) {
  let busy = false;
  const run = async () => {
    if (busy || document.hidden) return;
    busy = true;
    await work();
    busy = false;
  };
  const onVisibility = () => run();
  document.addEventListener('visibilitychange', onVisibility);
  const timer = setInterval(run, interval);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
