// Notifications that stand although they need not: the alert was read, is over or was cancelled.

import { doc, getDoc } from '../../vendor/firestore.js';

async function standing() {
  const registration = await navigator.serviceWorker?.getRegistration();
  return (await registration?.getNotifications?.()) ?? [];
}

/** @param {string} [alert] that is being read; without one all are taken away */
export async function takeAway(alert) {
  (await standing()).filter(({ data }) => !alert || data?.alert === alert).forEach((notification) => notification.close());
}

/** Takes away what is over ("What is published" in docs/app-developers.md). Without a network all stay. */
export async function takeAwayOver(db, now = Date.now()) {
  await Promise.all((await standing()).map((notification) => closeIfOver(db, notification, now)));
}

async function closeIfOver(db, notification, now) {
  if (!notification.data?.alert) return;
  const published = await getDoc(doc(db, 'published', notification.data.alert)).catch(() => null);
  if (!published?.exists()) return;
  const { state, expires } = published.data();
  if (state !== 'active' || expires.toMillis() <= now) notification.close();
}
