// "This does not concern me": a report to the office, at most one for each alert and resident.

import { doc, getDoc, serverTimestamp, setDoc } from '../../vendor/firebase.js';

const reportOf = ({ db, uid }, alert) => doc(db, 'published', alert, 'reports', uid);

/** @returns {Promise<boolean>} whether it was reported before; without a network as far as the phone knows */
export async function wasReported({ session, local }, alert) {
  if ((await local('reports').get())?.includes(alert)) return true;
  return isThere(session, alert);
}

/**
 * Written at once or when the network is back; a second one is refused by the rules, and that is as good.
 * @throws {Error} when it is refused for another reason
 */
export async function report({ session, local }, alert) {
  const kept = (await local('reports').get()) ?? [];
  await local('reports').set([...new Set([...kept, alert])]);
  try {
    await setDoc(reportOf(session, alert), { reason: 'not_mine', at: serverTimestamp() });
  } catch (error) {
    if (await isThere(session, alert)) return;
    await local('reports').set(kept);
    throw error;
  }
}

const isThere = (session, alert) =>
  getDoc(reportOf(session, alert)).then(
    (found) => found.exists(),
    () => false,
  );
