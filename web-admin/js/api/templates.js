// The municipality's templates of alerts, as the staff API has them.

import { request } from './request.js';

/**
 * `values`: of fields, by name, beside what the kind of hazard proposes; `hours`: until the alert usually ends; `usual`: which
 * shares of the addresses such alerts usually reach.
 * @typedef {{id: string, name: Record<string, string>, hours: number, values: Record<string, string>,
 *   texts: Record<string, any>, facts: any[], lines: Record<string, string>, follows: Record<string, any>,
 *   usual?: {least?: number, most?: number}, hidden?: boolean, exercise?: boolean, built_in?: boolean, changed?: boolean, approved_by?: {uid: string, name: string}[]}} Template
 * @typedef {{templates: Template[], telephone: string | null, mayChange: boolean}} Office `telephone`: its own, for facts that
 *   ask for one
 */

const isTemplate = (one) => typeof one?.id === 'string' && one.values && one.texts && Array.isArray(one.facts);

/** All that can be read, those too that are not offered. @returns {Promise<Office>} */
export async function everything() {
  const { body } = await request('GET', '/templates');
  const items = Array.isArray(body.items) ? body.items : [];
  return { templates: items.filter(isTemplate), telephone: body.telephone ?? null, mayChange: body.may_change === true };
}

/** @returns {Promise<Office>} */
export async function office() {
  const all = await everything();
  return { ...all, templates: all.templates.filter(({ hidden }) => !hidden) };
}

const at = (id) => `/templates/${encodeURIComponent(id)}`;

/** @returns {Promise<{template: any, etag: string | null}>} */
export async function get(id) {
  const { body, etag } = await request('GET', at(id));
  return { template: body, etag };
}

/** @param {object} template @param {string} key the same for every try */
export const create = (template, key) => request('POST', '/templates', { body: template, headers: { 'Idempotency-Key': key } });

/** @param {string} id @param {string} etag @param {object} template */
export const change = (id, etag, template) => request('PUT', at(id), { body: template, headers: { 'If-Match': etag } });

/** @param {string} id @param {string} etag */
export const remove = (id, etag) => request('DELETE', at(id), { headers: { 'If-Match': etag } });

/** One's word for the words as they are. @param {string} id @param {string} etag */
export const approve = async (id, etag) => {
  const answer = await request('POST', `${at(id)}/approve`, { headers: { 'If-Match': etag } });
  return { template: answer.body, etag: answer.etag };
};

/** An alert in the template's own words. @param {string} id @param {object} given facts and area @param {string} key the same for every try */
export const word = async (id, given, key) =>
  (await request('POST', `${at(id)}/alerts`, { body: given, headers: { 'Idempotency-Key': key } })).body;
