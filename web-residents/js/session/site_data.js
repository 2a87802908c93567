// What the site says of municipalities and changes a few times a year: asked for once, and kept by the worker for offline.

const PATIENCE = 10_000; // ms
const asked = new Map(); // address -> promise

/**
 * @template T
 * @param {string} address @param {(answer: Response) => Promise<T>} read
 * @returns {Promise<T | null>} null where the site has nothing there; asked for anew after a failure
 * @throws {Error} when it cannot be asked for
 */
export function siteData(address, read) {
  if (!asked.has(address)) asked.set(address, ask(address, read));
  return asked.get(address);
}

async function ask(address, read) {
  try {
    const answer = await fetch(address, { credentials: 'omit', signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return await read(answer);
  } catch (error) {
    asked.delete(address);
    throw error;
  }
}

// On the first visit the service worker begins after something was asked for: asked again, it keeps it for offline.
globalThis.navigator?.serviceWorker?.addEventListener('controllerchange', () => {
  for (const address of asked.keys()) fetch(address, { credentials: 'omit' }).catch(() => {});
});
