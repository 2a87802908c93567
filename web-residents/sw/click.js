// What a tap on a notification does.

import { flush, queueNotMine, queueOpened } from './receipts.js';

const OWN = /^\/(app(\/.*)?)?$/; // pages of the app; public pages are left as they are

/** @param {NotificationEvent} event */
export async function clicked({ action, notification }, registration) {
  notification.close();
  const { alert, path } = notification.data ?? {};
  const opens = action !== 'not_mine';
  const shown = opens ? show(path ?? (alert ? `/app/alert/${alert}` : '/')) : null; // at once: the right to open a window passes
  await Promise.allSettled([shown, written(alert, opens, registration)]);
}

async function written(alert, opens, registration) {
  if (alert) await (opens ? queueOpened(alert) : queueNotMine(alert));
  await flush(registration);
}

/** In a window of the app if one is open, otherwise in a new one. */
async function show(path) {
  const { clients } = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const own = windows.find((client) => OWN.test(new URL(client.url).pathname));
  const shown = own && (await own.navigate(path).catch(() => null)); // not ours yet, or gone
  if (shown) await shown.focus().catch(() => {});
  else await clients.openWindow(path);
}
