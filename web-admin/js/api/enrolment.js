// Becoming staff, and one's own account, in the staff API (openapi.yaml).

import { request } from './request.js';

const bearing = (token) => ({ headers: { Authorization: `Bearer ${token}` } });

/**
 * Whose link it is.
 * @param {string} code
 * @returns {Promise<{name: string, email: string, municipality: string, ends: string, renewal: boolean, least_password: number}>}
 */
export const openInvitation = async (code) => (await request('POST', '/enrolment/open', { body: { code } })).body;

export const choosePassword = (code, password) => request('POST', '/enrolment/password', { body: { code, password } });

/** @param {string} code @param {string} token of the sign-in with the new second factor @returns {Promise<string[]>} told this once */
export const makeCodes = async (code, token) => (await request('POST', '/enrolment/codes', { body: { code }, ...bearing(token) })).body.codes;

export const finish = (code, token) => request('POST', '/enrolment/finish', { body: { code }, ...bearing(token) });

export const recover = (email, code) => request('POST', '/enrolment/recover', { body: { email, code } });

/** @returns {Promise<{recovery_codes: number, least_password: number}>} */
export const account = async () => (await request('GET', '/account')).body;

/** @param {string} token of a sign-in a moment ago */
export const changePassword = (password, token) => request('POST', '/account/password', { body: { password }, ...bearing(token) });

/** @param {string} token of a sign-in a moment ago @returns {Promise<string[]>} told this once */
export const newCodes = async (token) => (await request('POST', '/account/recovery-codes', bearing(token))).body.codes;

/**
 * @typedef {{uid: string, name: string, email: string, roles: string[], state: string, mail: string, ends: string, renewal: boolean, revision: number}} Invitation
 */

/** Of the municipality, the newest first; for admins. @returns {Promise<Invitation[]>} */
export const invitations = async () => (await request('GET', '/staff/invitations')).body.items;

/** @param {{name: string, email: string, roles: string[]}} newcomer @returns {Promise<Invitation>} */
export const invite = async (newcomer) => (await request('POST', '/staff/invitations', { body: newcomer })).body;

/** @param {string} uid @param {number} revision that was seen: pressed twice, one mail is sent @returns {Promise<Invitation>} */
export const sendInvitation = async (uid, revision) =>
  (await request('POST', `/staff/invitations/${encodeURIComponent(uid)}/send`, { headers: { 'If-Match': `"${revision}"` } })).body;

/** @param {string} uid @returns {Promise<Invitation>} */
export const withdrawInvitation = async (uid) => (await request('DELETE', `/staff/invitations/${encodeURIComponent(uid)}`)).body;

/** For two admins, one after the other. @param {string} uid @returns {Promise<'waits' | 'done'>} */
export const sayLostPhone = async (uid) => (await request('POST', `/staff/${encodeURIComponent(uid)}/lost-phone`)).body.state;

/** @param {string} uid @param {string} why */
export const disableStaff = (uid, why) => request('POST', `/staff/${encodeURIComponent(uid)}/disable`, { body: { why } });
