// Whether this browser may show notifications, and what stands in the way.

/**
 * - "unsupported": this browser cannot receive pushes
 * - "needs-home-screen": an iPhone or iPad that can, once the app is on its home screen (Safari 16.4 and newer)
 * - "default": nobody has been asked; "granted"; "denied": only the browser's settings help
 * @param {any} world
 */
export function permission(world = globalThis) {
  const capable = 'serviceWorker' in world.navigator && 'PushManager' in world && 'Notification' in world;
  if (capable) return world.Notification.permission;
  return world.navigator.standalone === false ? 'needs-home-screen' : 'unsupported';
}

/** Asks the resident; only from a click. Old Safari answers by callback. */
export const ask = () => new Promise((resolve) => Notification.requestPermission(resolve)?.then(resolve));

/** @param {() => void} listener called when the browser's settings may have changed */
export async function onPermissionChange(listener) {
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && listener());
  const status = await navigator.permissions?.query({ name: 'notifications' }).catch(() => null);
  status?.addEventListener('change', listener);
}
