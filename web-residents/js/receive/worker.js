// The service worker, from the page's side.

const NEEDED = ['apiKey', 'appId', 'messagingSenderId', 'projectId'];

const loaded = () =>
  document.readyState === 'complete' ? Promise.resolve() : new Promise((resolve) => addEventListener('load', resolve, { once: true }));

/**
 * Registers it, once the page has loaded: it takes in the whole app.
 * @param {Record<string, string>} config of the Firebase project; the worker reads it from its own address (sw.js)
 * @returns {Promise<ServiceWorkerRegistration>} with an active worker
 */
export async function startWorker(config) {
  await loaded();
  const known = new URLSearchParams(NEEDED.filter((name) => config[name]).map((name) => [name, config[name]]));
  await navigator.serviceWorker.register(`/sw.js?${known}`, { type: 'module', updateViaCache: 'none' });
  return navigator.serviceWorker.ready;
}

/** @param {object} message see sw.js, "message"; nothing happens without a worker */
export async function tellWorker(message) {
  const registration = await navigator.serviceWorker?.getRegistration();
  registration?.active?.postMessage(message);
}
