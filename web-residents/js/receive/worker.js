// The service worker, from the page's side.

const NEEDED = ['apiKey', 'appId', 'messagingSenderId', 'projectId'];

const loaded = () =>
  document.readyState === 'complete' ? Promise.resolve() : new Promise((resolve) => addEventListener('load', resolve, { once: true }));

/**
 * Registers it, once the page has loaded: it takes in the whole app.
 * @param {Record<string, string>} config of the Firebase project; the worker reads it from its own address (sw.js)
 * @returns {Promise<ServiceWorkerRegistration>} with an active worker
 */
export const startWorker = (config) => started(config).catch(judged);

async function started(config) {
  await loaded();
  const known = new URLSearchParams(NEEDED.filter((name) => config[name]).map((name) => [name, config[name]]));
  const { installing } = await navigator.serviceWorker.register(`/sw.js?${known}`, { updateViaCache: 'none' });
  const registration = await Promise.race([navigator.serviceWorker.ready, failed(installing)]);
  registration.active.postMessage({ type: 'begin' }); // it may be the one that somebody left a moment ago
  return registration;
}

/** A worker that the browser cannot run is no network that failed, though browsers call both a TypeError. @returns {Promise<never>} */
async function judged(error) {
  const there = await fetch('/sw.js', { method: 'HEAD', cache: 'no-store' }).then(({ ok }) => ok, () => false);
  throw there ? new Error('this browser cannot run the worker', { cause: error }) : error;
}

/** `ready` waits for ever when the first installation fails. */
const failed = (installing) =>
  new Promise((_, reject) => {
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'redundant') reject(new Error('the worker could not be installed'));
    });
  });

/** Of one who left: it shows and writes nothing more. @returns {Promise<void>} once it is done with what it was doing */
export async function endWorker() {
  const worker = (await navigator.serviceWorker?.getRegistration())?.active;
  if (!worker) return;
  const { port1, port2 } = new MessageChannel();
  const done = new Promise((resolve) => (port1.onmessage = resolve));
  worker.postMessage({ type: 'leave' }, [port2]);
  await done;
}

/** @param {object} message see sw.js, "message"; nothing happens without a worker */
export async function tellWorker(message) {
  const registration = await navigator.serviceWorker?.getRegistration();
  registration?.active?.postMessage(message);
}
