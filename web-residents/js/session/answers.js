// What the site says in public of alerts, and the last that it said, kept on the phone.

import { now } from '../../sw/clock.js';
import { change } from '../../sw/state.js';
import { local } from './local.js';

const PATIENCE = 15_000; // ms
const OLD = 5 * 60_000; // ms; a CDN may give what is 70 seconds old, and clocks differ a little
const KEPT = 20; // alerts of which the last answer is kept; lists are as few as there are places

/** @typedef {{alert: string, signed: string | null, signature: string | null, key: string | null, unproven?: object}} Sealed */
/** @typedef {{terc: string, name: string, languages: string[], keys: object[]}} Office */
/**
 * @typedef {{office: Office, sealed: Sealed[], made: number, old: boolean}} Answer
 *   `made`: ms, when the server wrote it; `old`: longer ago than caches may give it
 */

/** No answer of our server's: none at all, a failure, or what somebody else on the way says. */
export class NoAnswer extends Error {
  constructor(address, status) {
    super(`${address}: ${status}`);
    this.missing = status === 404;
  }
}

/** @param {string} terc @returns {Promise<Answer>} @throws {Error} */
export const askList = (terc) => ask(listAddress(terc), ({ municipality, alerts }) => (municipality.terc === terc ? alerts : null));

/** @param {string} id @returns {Promise<Answer>} the alert first, then the rest of its thread @throws {Error} NoAnswer `missing`: there is no such alert */
export const askAlert = (id) => ask(alertAddress(id), (body) => (body.alert === id ? [body, ...(body.thread ?? [])] : null));

const listAddress = (terc) => `/alerts/${terc}.json`;
const alertAddress = (id) => `/a/${id}.json`;

/** Asked of the network, by the state that the browser has; a page that a Wi-Fi puts in between is no answer. */
async function ask(address, alertsOf) {
  const response = await fetch(address, { cache: 'no-cache', credentials: 'omit', redirect: 'error', signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new NoAnswer(address, response.status);
  const answer = read(await response.json(), alertsOf);
  if (!answer) throw new NoAnswer(address, 'of another form');
  const made = madeAt(response.headers);
  return { ...answer, made, old: now() - made > OLD };
}

/** @returns {{office: Office, sealed: Sealed[]} | null} */
function read(body, alertsOf) {
  const office = officeOf(body?.municipality);
  const sealed = office && alertsOf(body);
  return office && Array.isArray(sealed) ? { office, sealed: sealed.filter(isSealed).map(plain) } : null;
}

const isSealed = (one) => typeof one?.alert === 'string';
const plain = ({ alert, signed, signature, key, unproven }) => ({ alert, signed, signature, key, ...(unproven && { unproven }) });

/** @returns {Office | null} */
function officeOf(municipality) {
  if (typeof municipality?.terc !== 'string' || !Array.isArray(municipality.keys)) return null;
  const { terc, name = '', languages = [], keys } = municipality;
  return { terc, name, languages, keys };
}

function madeAt(headers) {
  const date = Date.parse(headers.get('date') ?? '') || now();
  const age = Number(headers.get('age')) || 0; // s
  return age ? Math.min(date, now() - age * 1000) : date;
}

const INDEX = 'answers'; // single alerts of which an answer is kept, the one asked for last at the end
const LISTS = 'lists'; // municipalities of which a list is kept

/** @typedef {Omit<Answer, 'old'>} Kept */
/** @param {string} terc @returns {Promise<Kept | undefined>} */
export const keptList = (terc) => local(listAddress(terc)).get();

/** @param {string} id @returns {Promise<Kept | undefined>} */
export const keptAlert = (id) => local(alertAddress(id)).get();

/** @param {string} terc @param {Kept} answer */
export async function keepList(terc, answer) {
  await local(listAddress(terc)).set(answer);
  await change('local', LISTS, (known = []) => (known.includes(terc) ? undefined : [...known, terc]));
}

/** @returns {Promise<string[]>} municipalities of which a list is kept */
export const keptTercs = async () => (await local(LISTS).get()) ?? [];

/** @param {string} id @param {Kept} answer */
export async function keepAlert(id, answer) {
  await local(alertAddress(id)).set(answer);
  const known = [...((await local(INDEX).get()) ?? []).filter((one) => one !== id), id];
  await Promise.all(known.slice(0, -KEPT).map((one) => local(alertAddress(one)).set(undefined)));
  await local(INDEX).set(known.slice(-KEPT));
}
