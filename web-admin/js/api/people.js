// Who may do what, what waits for a second admin, and who stands in, in the staff API (openapi.yaml).

import { request } from './request.js';

/**
 * @typedef {{categories: string[] | null, severity: string | null, areas: string[] | null, templates: string[] | null, alone: boolean}} Scope
 * @typedef {{uid: string, name: string, email: string | null, own: boolean, me: boolean, active: boolean, state: string, kind: string,
 *   roles: string[], scopes: Record<string, Scope>, tag: number}} Person
 * @typedef {{id: string, uid: string, name: string, roles: string[], scopes: Record<string, Scope>, by: {name: string}, until: string,
 *   revision: number, may_confirm: boolean, may_refuse: boolean}} Grant
 * @typedef {{terc: string, municipality: string, name: string, people: {name: string}[], by2: {name: string} | null, ends: string | null,
 *   revision: number, runs: boolean, late: boolean, may_confirm: boolean}} StandIn
 * @typedef {{roles: string[], scopes: Record<string, any>, why: string}} Rights
 */

const seen = (revision) => ({ headers: { 'If-Match': `"${revision}"` } });

/** @returns {Promise<{items: Person[], grants: Grant[]}>} everybody, and what waits for a second admin */
export const people = async () => (await request('GET', '/people')).body;

/**
 * What was taken away holds at once; what weighs waits for a second admin.
 * @param {Person} person as they were seen @param {Rights} rights @returns {Promise<{person: Person, waiting: Grant | null}>}
 */
export const changeRights = async (person, rights) =>
  (await request('PUT', `/people/${encodeURIComponent(person.uid)}/rights`, { body: rights, ...seen(person.tag) })).body;

/** Somebody whom another municipality employs. @param {string} email @param {Rights} rights */
export const admit = (email, rights) => request('POST', '/people', { body: { email, ...rights } });

/** @param {Grant} grant as it was seen @param {'confirm' | 'refuse'} verdict */
export const decideGrant = (grant, verdict) => request('POST', `/grants/${encodeURIComponent(grant.id)}/${verdict}`, seen(grant.revision));

/** The municipality's own agreement, and those that name the caller. @returns {Promise<{own: StandIn | null, naming: StandIn[]}>} */
export const standIns = async () => (await request('GET', '/stand-in')).body;

/** @param {StandIn | null} before @param {string} name @param {string[]} emails */
export const agree = (before, name, emails) => request('PUT', '/stand-in', { body: { name, people: emails }, ...seen(before?.revision ?? 0) });

/** @param {StandIn} agreement */
export const confirmStandIn = (agreement) => request('POST', '/stand-in/confirm', seen(agreement.revision));

/** @param {StandIn} agreement */
export const dissolve = (agreement) => request('DELETE', '/stand-in', seen(agreement.revision));

/** @param {StandIn} agreement @param {'begin' | 'end'} what */
export const standIn = (agreement, what) => request('POST', `/stand-in/${encodeURIComponent(agreement.terc)}/${what}`);
