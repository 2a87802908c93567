// What another person, or the same one in another tab, did to the alert that is being written.

import * as alerts from '../api/alerts.js';
import { changesIn } from '../alerts/steps.js';

const revisionOf = (etag) => Number(/\d+/.exec(etag ?? '')?.[0] ?? 0);

/**
 * @param {import('./saving.js').Saved} saved what was known of it
 * @param {{uid: string}} me
 * @returns {Promise<string[]>} who did what, a sentence each
 */
export async function whoChanged(saved, me) {
  return changesIn(await alerts.history(saved.id), revisionOf(saved.etag), me);
}
