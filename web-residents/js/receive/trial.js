// A notification to try them out: shown by this browser's own worker, nothing is sent.

import { startWorker } from './worker.js';

/** @param {{words: Function, language: string, session: any}} app */
export async function showTrial(app) {
  const registration = await startWorker(app.session.config);
  const options = {
    tag: 'trial',
    body: app.words('receive.trial.body'),
    lang: app.language,
    icon: '/icons/push-alert.png',
    badge: '/icons/push-badge.png',
    renotify: true,
    data: { path: '/app/notifications' },
  };
  await registration.showNotification(app.words('receive.trial.title'), options);
}
