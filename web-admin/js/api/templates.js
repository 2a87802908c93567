// The municipality's templates of alerts, as the staff API has them.

import { request } from './request.js';

/**
 * `values`: of fields, by name, beside what the kind of hazard proposes; `hours`: until the alert usually ends; `usual`: which
 * shares of the addresses such alerts usually reach.
 * @typedef {{id: string, name: Record<string, string>, hours: number, values: Record<string, string>,
 *   texts: Record<string, any>, facts: any[], lines: Record<string, string>, follows: Record<string, any>,
 *   usual?: {least?: number, most?: number}, hidden?: boolean}} Template
 * @typedef {{templates: Template[], telephone: string | null}} Office `telephone`: its own, for facts that ask for one
 */

const isTemplate = (one) => typeof one?.id === 'string' && one.values && one.texts && Array.isArray(one.facts);

/** @returns {Promise<Office>} */
export async function office() {
  const { body } = await request('GET', '/templates');
  const items = Array.isArray(body.items) ? body.items : [];
  return { templates: items.filter((one) => isTemplate(one) && !one.hidden), telephone: body.telephone ?? null };
}
