// The report of an alert's thread, what crisis centres were told, and where these are reached.

import { download, Garbled, request } from './request.js';

/**
 * @typedef {{title: string, notes: string[], head: string[], rows: string[][], wide: number[]}} Section
 * @typedef {{language: string, title: string, intro: string[], sections: Section[]}} Shown
 * @typedef {{report: any, shown: Shown, frozen: string | null, sha256: string | null, due: string | null,
 *   editions: {id: string, at: string, sha256: string}[]}} SeenReport
 * @typedef {{centre: string, name: string, phone: string | null, email: string | null}} Centre
 * @typedef {{number: number, centre: string, way: string, name: string, address: string, by: string, at: string, outcome: string,
 *   answered: string | null, noted: string | null}} Telling
 * @typedef {{text: string | null, units: {code: string, name: string}[], may: boolean, centres: Centre[], tellings: Telling[]}} Upwards
 * @typedef {{name: string, phone: string | null, email: string | null} | null} Contact
 * @typedef {{revision: number, powiat: Contact, voivodeship: Contact}} Centres
 */

const at = (alert) => `/reports/${encodeURIComponent(alert)}`;
const about = (alert) => `/upwards/${encodeURIComponent(alert)}`;

/** @param {string} alert @returns {Promise<SeenReport>} */
export async function report(alert) {
  const { body } = await request('GET', at(alert));
  if (!Array.isArray(body.shown?.sections)) throw new Garbled('not a report');
  return body;
}

/** @param {string} alert */
export const reportFile = (alert) => download(`${at(alert)}/pdf`);

const told = ({ body }) => {
  if (!Array.isArray(body?.tellings) || !Array.isArray(body.centres)) throw new Garbled('not what centres were told');
  return /** @type {Upwards} */ (body);
};

/** @param {string} alert @returns {Promise<Upwards>} */
export const upwards = async (alert) => told(await request('GET', about(alert)));

/** @param {string} alert @param {{centres: string[], way: string}} wanted @param {string} key the same for every try @returns {Promise<Upwards>} */
export const tell = async (alert, wanted, key) =>
  told(await request('POST', about(alert), { body: wanted, headers: { 'Idempotency-Key': key } }));

/** @param {string} alert @param {number} number of the telling @returns {Promise<Upwards>} */
export const answered = async (alert, number) => told(await request('POST', `${about(alert)}/answer`, { body: { number } }));

/** @returns {Promise<Centres>} */
export const centres = async () => (await request('GET', '/centres')).body;

/** @param {Centres} kept as they were seen, with what is entered @returns {Promise<Centres>} */
export const keepCentres = async ({ revision, powiat, voivodeship }) =>
  (await request('PUT', '/centres', { body: { powiat, voivodeship }, headers: { 'If-Match': `"${revision}"` } })).body;
