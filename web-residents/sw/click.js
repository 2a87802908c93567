// What a tap on a notification does.

import { flush, queueOpened } from './receipts.js';

const OWN = /^\/(app(\/.*)?)?$/; // pages of the app; public pages are left as they are

/** @param {NotificationEvent} event */
export async function clicked({ action, notification }, registration) {
  notification.close();
  const { alert, path } = notification.data ?? {};
  const asked = action === 'not_mine' ? '#not-mine' : ''; // reported there, by a second tap: the first is soon done by mistake
  const shown = show(path ?? (alert ? `/app/alert/${alert}${asked}` : '/')); // at once: the right to open a window passes
  await Promise.allSettled([shown, written(alert, registration)]);
}

async function written(alert, registration) {
  if (alert) await queueOpened(alert);
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
