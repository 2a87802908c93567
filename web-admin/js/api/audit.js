// What was done in the municipality, for auditors (GET /api/audit), and the same as files.

import { download, Garbled, request } from './request.js';

/**
 * @typedef {{seq: number, at: string, happened: string | null, action: string, by: {uid: string, name: string} | null, about: string,
 *   before: Record<string, any> | null, after: Record<string, any> | null, why: string, where: string, outcome: string,
 *   mac: string}} Entry
 * @typedef {{items: Entry[], next: string | null, unreadable: number}} AuditPage
 */

/** @param {URLSearchParams} wanted person, action, about, since, until, after @returns {Promise<AuditPage>} */
export async function auditPage(wanted) {
  const { body } = await request('GET', `/audit?${wanted}`);
  if (!Array.isArray(body.items)) throw new Garbled('not a page of the audit');
  return body;
}

/**
 * @param {URLSearchParams} wanted @param {'csv' | 'json'} format @param {string | null} after `next` of the file before
 * @returns {Promise<{file: Blob, next: string | null}>}
 */
export const auditFile = (wanted, format, after) =>
  download(`/audit/export?${new URLSearchParams([...wanted, ['format', format], ...(after ? [['after', after]] : [])])}`);

/** XML and PDF of one alert with all that was done to it. @param {string} alert @returns {Promise<{file: Blob, next: string | null}>} */
export const alertPacket = (alert) => download(`/audit/alerts/${alert}`);
