// Where the person is signed in, their keys and their PIN.

import { request } from './request.js';

/**
 * @typedef {{id: string, device: string, begun: string, seen: string, ends: string, standing: string, current: boolean}} Session
 * @typedef {{keys: {id: string, name: string, added: string, used: string | null}[], pin: {left: number} | null, fresh: boolean}} Factors
 */

/** Asked while a session is at its end, so no answer may ask for its renewal. */
const BARE = { bare: true };

/** @returns {Promise<Session[]>} */
export const sessions = async () => (await request('GET', '/sessions')).body.items;

/** @param {string} id */
export const endSession = (id) => request('DELETE', `/sessions/${encodeURIComponent(id)}`, BARE);

export const endOthers = () => request('POST', '/session/end-others');

/** @returns {Promise<Factors>} */
export const factors = async () => (await request('GET', '/factors', BARE)).body;

/** @param {"register" | "use"} purpose */
export const challenge = async (purpose, bare = false) => (await request('POST', '/factors/challenge', { body: { purpose }, bare })).body;

export const useKey = (credential) => request('POST', '/factors/use', { body: { credential }, ...BARE });

/** @returns {Promise<Factors>} */
export const addKey = async (credential, name) => (await request('POST', '/factors/keys', { body: { credential, name } })).body;

/** @param {string} id @returns {Promise<Factors>} */
export const removeKey = async (id) => (await request('DELETE', `/factors/keys/${encodeURIComponent(id)}`)).body;

export const usePin = (pin) => request('POST', '/factors/pin', { body: { pin }, ...BARE });

/** @param {string} pin @returns {Promise<Factors>} */
export const setPin = async (pin) => (await request('PUT', '/factors/pin', { body: { pin } })).body;

/** @returns {Promise<Factors>} */
export const removePin = async () => (await request('DELETE', '/factors/pin')).body;
