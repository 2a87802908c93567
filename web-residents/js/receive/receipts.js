// Receipts, from the page's side; the worker writes them.

import { queueOpened } from '../../sw/receipts.js';
import { tellWorker } from './worker.js';

/**
 * The resident reads the alert. Counted only if it came by push to this browser: of others there is no proof.
 * @param {string} alert
 */
export async function opened(alert) {
  await queueOpened(alert);
  await sendReceipts();
}

/** What waits from the time without a network. */
export const sendReceipts = () => tellWorker({ type: 'flush' });
