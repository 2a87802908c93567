// Saves the form as an alert, so that a lost answer never makes a second one.

import * as alerts from '../api/alerts.js';
import { Unreachable } from '../api/request.js';

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * @typedef {{id: string | null, etag: string | null, attempt: {key: string, content: object} | null}} Saved
 *   what is known of the alert; `attempt` is a creation whose answer never came
 */

/** @param {Saved} saved changed in place; @returns {Promise<any>} the alert as the server has it now */
export async function save(saved, content) {
  const alert = saved.id ? await alerts.update(saved.id, saved.etag, content) : await create(saved, content);
  Object.assign(saved, { id: alert.id, etag: alert.etag, attempt: null });
  return alert;
}

/** An unanswered creation is asked again with its own key and content, then brought up to date. */
async function create(saved, content) {
  saved.attempt ??= { key: crypto.randomUUID(), content };
  try {
    const alert = await alerts.create(saved.attempt.content, saved.attempt.key);
    if (same(saved.attempt.content, content)) return alert;
    Object.assign(saved, { id: alert.id, etag: alert.etag });
    return await alerts.update(alert.id, alert.etag, content);
  } catch (error) {
    if (!(error instanceof Unreachable)) saved.attempt = null;
    throw error;
  }
}
