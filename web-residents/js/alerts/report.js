// "This does not concern me": a report to the office, at most one for each alert and resident.

import { notMine } from '../../sw/receipts.js';
import { doc, getDoc, serverTimestamp, setDoc } from '../../vendor/firebase.js';

const reportOf = ({ db, uid }, alert) => doc(db, 'published', alert, 'reports', uid);

/**
 * @returns {Promise<boolean | null>} whether it was reported before; without a network as far as the phone knows.
 *   null: it cannot be, since no push of it came to this browser
 */
export async function wasReported({ session, local }, alert) {
  if ((await local('reports').get())?.includes(alert)) return true;
  if (!(await provable(session, alert))) return null;
  return isThere(session, alert);
}

/** What the rules take: the proof belongs to the resident whose push it was. */
async function provable({ uid }, alert) {
  const known = await notMine(alert).catch(() => null);
  return known && known.uid === uid ? known.report : null;
}

/**
 * Written at once or when the network is back; a second one is refused by the rules, and that is as good.
 * @throws {Error} when it is refused for another reason
 */
export async function report({ session, local }, alert) {
  const kept = (await local('reports').get()) ?? [];
  const known = await provable(session, alert);
  if (!known) throw new Error('no push of it came here');
  await local('reports').set([...new Set([...kept, alert])]);
  try {
    await setDoc(reportOf(session, alert), { ...known, ...timeOf(known), at: serverTimestamp() });
  } catch (error) {
    if (await isThere(session, alert)) return;
    await local('reports').set(kept);
    throw error;
  }
}

const timeOf = (/** @type {{expire?: string}} */ { expire }) => (expire ? { expire: new Date(expire) } : {});

const isThere = (session, alert) =>
  getDoc(reportOf(session, alert)).then(
    (found) => found.exists(),
    () => false,
  );
