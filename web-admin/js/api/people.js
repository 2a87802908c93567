// Who may do what, in the staff API (openapi.yaml); for admins.

import { request } from './request.js';

const at = (uid) => encodeURIComponent(uid);

/**
 * @typedef {{uid: string, name: string, email: string | null, own: boolean, me: boolean, active: boolean, state: string, kind: string,
 *   roles: string[], scopes: Record<string, object>, tag: number}} Person
 * @typedef {{id: string, uid: string, name: string, roles: string[], by: {name: string}, until: string, revision: number,
 *   may_confirm: boolean, may_refuse: boolean}} Grant
 */

/** @returns {Promise<{items: Person[], grants: Grant[]}>} everybody, and what waits for a second admin */
export const people = async () => (await request('GET', '/people')).body;

/**
 * What was taken away holds at once; what weighs waits for a second admin.
 * @param {Person} person as they were seen @param {string[]} roles
 * @returns {Promise<{waiting: Grant | null}>}
 */
export const changeRoles = async ({ uid, tag, scopes }, roles) => {
  const kept = Object.fromEntries(Object.entries(scopes).filter(([role]) => roles.includes(role)));
  const body = { roles, scopes: kept, why: '' };
  return (await request('PUT', `/people/${at(uid)}/rights`, { body, headers: { 'If-Match': `"${tag}"` } })).body;
};

/** @param {Grant} grant as it was seen @param {'confirm' | 'refuse'} verdict */
export const decideGrant = ({ id, revision }, verdict) =>
  request('POST', `/grants/${at(id)}/${verdict}`, { headers: { 'If-Match': `"${revision}"` } });
