// Calls of staff, the roster, drills and one's own number, as the staff API has them.

import { Garbled, request } from './request.js';

/**
 * @typedef {{name: string, way: string, at: string, outcome: string}} Told
 * @typedef {{id: string, kind: string, news: string | null, number: string, alert: string | null, exercise: boolean, since: string,
 *   acknowledged: string | null, by: string | null, ended: string | null, why: string | null, deaf: boolean, mine: boolean, told: Told[]}} Call
 * @typedef {{day: string, begins: string, ends: string, first: string, deputy: string | null}} Row
 * @typedef {{revision: number, rows: Row[], now: {first: string | null, deputy: string | null}, people: {uid: string, name: string}[]}} Duty
 * @typedef {{people: {name: string, roles: string[], ready: boolean, until: string | null}[], roles: {role: string, ready: number, of: number}[],
 *   ready: number, enough: boolean, own: {ready: boolean, seconds: number | null, last: string | null, waiting: boolean} | null}} Readiness
 * @typedef {{phone: string | null, waiting: string | null, until: string | null, tries: number | null, refused: string | null,
 *   mail_refused: string | null}} Contact
 */

const calls = ({ body }) => (Array.isArray(body?.items) ? body.items : []).filter((one) => typeof one?.id === 'string' && Array.isArray(one.told));

/** @returns {Promise<Call[]>} that go on */
export const open = async () => calls(await request('GET', '/calls'));

/** @param {string} alert @returns {Promise<Call[]>} about it, the newest first, also those that are over */
export const about = async (alert) => calls(await request('GET', `/alerts/${encodeURIComponent(alert)}/calls`));

/** @param {string} id @returns {Promise<Call>} */
export const acknowledge = async (id) => (await request('POST', `/calls/${encodeURIComponent(id)}/acknowledge`)).body;

const roster = ({ body }) => {
  if (!Array.isArray(body?.rows) || !Array.isArray(body?.people)) throw new Garbled('not a roster');
  return body;
};

/** @returns {Promise<Duty>} */
export const duty = async () => roster(await request('GET', '/duty'));

/** @param {number} revision that was seen @param {Row[]} rows @returns {Promise<Duty>} */
export const keepDuty = async (revision, rows) =>
  roster(await request('PUT', '/duty', { body: { rows }, headers: { 'If-Match': `"${revision}"` } }));

/** @returns {Promise<Readiness>} */
export async function readiness() {
  const { body } = await request('GET', '/readiness');
  if (!Array.isArray(body?.people) || !Array.isArray(body?.roles)) throw new Garbled('not a readiness');
  return body;
}

/** @param {boolean} everybody @returns {Promise<number>} how many began */
export const beginDrills = async (everybody) => (await request('POST', '/drills', { body: { everybody } })).body.begun;

/** @returns {Promise<Contact>} */
export const contact = async () => (await request('GET', '/contact')).body;

/** @param {string} phone @returns {Promise<Contact>} */
export const setPhone = async (phone) => (await request('PUT', '/contact', { body: { phone } })).body;

/** @param {string} code @returns {Promise<Contact>} */
export const verifyPhone = async (code) => (await request('POST', '/contact/verify', { body: { code } })).body;

/** @returns {Promise<Contact>} */
export const removePhone = async () => (await request('DELETE', '/contact')).body;
