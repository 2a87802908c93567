// Receipts, from the page's side; the worker writes them.

import { queueOpened } from '../../sw/receipts.js';
import { takeAway } from './standing.js';
import { tellWorker } from './worker.js';

/**
 * The resident reads the alert: its notification has done its work. Counted only if it came by push to this browser: of others there is no proof.
 * @param {string} alert
 */
export async function opened(alert) {
  await Promise.all([queueOpened(alert), takeAway(alert)]);
  await sendReceipts();
}

/** What waits from the time without a network. */
export const sendReceipts = () => tellWorker({ type: 'flush' });
