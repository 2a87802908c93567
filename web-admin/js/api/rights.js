// Who may do what, what waits for a second admin, and who stands in, in the staff API (openapi.yaml).

import { request } from './request.js';

/**
 * @typedef {{categories: string[] | null, severity: string | null, areas: string[] | null, templates: string[] | null, alone: boolean}} Scope
 * @typedef {{uid: string, name: string, email: string | null, own: boolean, me: boolean, active: boolean, state: string, kind: string,
 *   roles: string[], scopes: Record<string, Scope>, tag: number}} Person
 * @typedef {{id: string, uid: string, name: string, roles: string[], scopes: Record<string, Scope>, by: {name: string}, until: string,
 *   revision: number, may_confirm: boolean, may_refuse: boolean}} Grant
 * @typedef {{terc: string, name: string, people: {name: string}[], by2: {name: string} | null, ends: string | null, revision: number,
 *   runs: boolean, late: boolean, may_confirm: boolean}} StandIn
 */

const seen = (revision) => ({ headers: { 'If-Match': `"${revision}"` } });

/** @returns {Promise<{items: Person[], grants: Grant[]}>} */
export const people = async () => (await request('GET', '/people')).body;

/** @param {Person} person @param {{roles: string[], scopes: object}} rights @returns {Promise<{person: Person, waiting: Grant | null}>} */
export const changeRights = async (person, rights) =>
  (await request('PUT', `/people/${encodeURIComponent(person.uid)}/rights`, { body: rights, ...seen(person.tag) })).body;

/** @param {string} email @param {string[]} roles */
export const admit = (email, roles) => request('POST', '/people', { body: { email, roles } });

/** @param {Grant} grant @param {'confirm' | 'refuse'} what */
export const decide = (grant, what) => request('POST', `/grants/${encodeURIComponent(grant.id)}/${what}`, seen(grant.revision));

/** @returns {Promise<{own: StandIn | null, naming: StandIn[]}>} */
export const standIns = async () => (await request('GET', '/stand-in')).body;

/** @param {StandIn | null} before @param {string} name @param {string[]} emails */
export const agree = (before, name, emails) => request('PUT', '/stand-in', { body: { name, people: emails }, ...seen(before?.revision ?? 0) });

/** @param {StandIn} agreement */
export const confirmStandIn = (agreement) => request('POST', '/stand-in/confirm', seen(agreement.revision));

/** @param {StandIn} agreement */
export const dissolve = (agreement) => request('DELETE', '/stand-in', seen(agreement.revision));

/** @param {StandIn} agreement @param {'begin' | 'end'} what */
export const standIn = (agreement, what) => request('POST', `/stand-in/${agreement.terc}/${what}`);
