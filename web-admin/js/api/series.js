// Alerts that come again, as the staff API has them.

import { Garbled, request } from './request.js';

/**
 * `local`: as the clock in Poland shows it then, with its offset; `alert`: which it has become.
 * @typedef {{date: string, at: string, local: string, alert: string | null, state: string | null}} Occurrence
 * @typedef {{id: string, state: string, revision: number, content: any, recurrence: any, next: Occurrence | null, actions: string[],
 *   author: {uid: string, name: string}, approver: {uid: string, name: string} | null}} Series
 */

const items = ({ body }) => (Array.isArray(body?.items) ? body.items : []);

/** @returns {Promise<Series[]>} newest change first */
export const list = async () => items(await request('GET', '/series')).filter((one) => typeof one?.id === 'string' && Array.isArray(one.actions));

const at = (id) => `/series/${encodeURIComponent(id)}`;

/** @param {string} id @returns {Promise<Occurrence[]>} of the next twelve months */
export const occurrences = async (id) => items(await request('GET', `${at(id)}/occurrences`));

/** The same of a rule that nobody has saved. @param {object} recurrence @param {AbortSignal} [signal] @returns {Promise<Occurrence[]>} */
export const preview = async (recurrence, signal) => items(await request('POST', '/recurrence/preview', { body: { recurrence }, signal }));

/** @param {{content: object, recurrence: object}} series @param {string} key the same for every try @returns {Promise<Series>} */
export async function create(series, key) {
  const { body } = await request('POST', '/series', { body: series, headers: { 'Idempotency-Key': key } });
  if (typeof body?.id !== 'string') throw new Garbled('not a series');
  return body;
}

/** @param {Series} series as it was seen @param {string} action @param {object} [body] @returns {Promise<Series>} */
export const act = async ({ id, revision }, action, body) =>
  (await request('POST', `${at(id)}/${action}`, { body, headers: { 'If-Match': `"${revision}"` } })).body;
