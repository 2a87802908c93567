// Notifications that stand although they need not: the alert was read, is over or was cancelled.

import { now as clock } from '../../sw/clock.js';
import { askAlert } from '../session/answers.js';
import { verify } from '../verify/verify.js';

async function standing() {
  const registration = await navigator.serviceWorker?.getRegistration();
  return (await registration?.getNotifications?.()) ?? [];
}

/** @param {string} [alert] that is being read; without one all are taken away */
export async function takeAway(alert) {
  (await standing()).filter(({ data }) => !alert || data?.alert === alert).forEach((notification) => notification.close());
}

/** Takes away what is over ("What is published" in docs/app-developers.md). Without an answer all stay. */
export async function takeAwayOver(now = clock()) {
  await Promise.all((await standing()).map((notification) => closeIfOver(notification, now)));
}

async function closeIfOver(notification, now) {
  const id = notification.data?.alert;
  const answer = id && (await askAlert(id).catch(() => null));
  if (!answer) return;
  const { state, expires } = await said(answer, id);
  if ((state && state !== 'active') || Date.parse(expires) <= now) notification.close();
}

/** What its municipality says of it; of one without keys nothing better than the text is to be had. */
async function said({ sealed: [one], office }, id) {
  const { ok, content } = await verify(one, id, office);
  return (ok ? content : office.keys.length ? null : one.unproven) ?? {};
}
