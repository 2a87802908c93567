// Saves the form as an alert, so that a lost answer never makes a second one.

import * as alerts from '../api/alerts.js';
import { Problem, Unreachable } from '../api/request.js';

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** What is whole, and what may lack anything: how each is begun and saved again. */
const WAYS = {
  whole: { begin: alerts.create, again: alerts.update },
  unfinished: { begin: alerts.beginDraft, again: alerts.keepDraft },
};

/**
 * @typedef {{id: string | null, etag: string | null, attempt: {key: string, content: object, way?: "whole" | "unfinished"} | null}} Saved
 *   what is known of the alert; `attempt` is a creation whose answer never came
 */

/**
 * @param {Saved} saved changed in place
 * @param {object} content
 * @param {"whole" | "unfinished"} way
 * @returns {Promise<any>} the alert as the server has it now
 */
export async function save(saved, content, way = 'whole') {
  const alert = saved.id ? await WAYS[way].again(saved.id, saved.etag, content) : await create(saved, content, way);
  Object.assign(saved, { id: alert.id, etag: alert.etag, attempt: null });
  return alert;
}

/** An unanswered creation is asked again with its own key and content, then brought up to date. */
async function create(saved, content, way) {
  saved.attempt ??= { key: crypto.randomUUID(), content, way };
  const first = saved.attempt;
  try {
    const alert = await WAYS[first.way ?? 'whole'].begin(first.content, first.key);
    if (same(first.content, content) && (first.way ?? 'whole') === way) return alert;
    Object.assign(saved, { id: alert.id, etag: alert.etag });
    return await WAYS[way].again(alert.id, alert.etag, content);
  } catch (error) {
    if (!(error instanceof Unreachable)) saved.attempt = null;
    throw error;
  }
}

/** The content without what the server cannot read, so that the rest is kept. @param {any} content @param {Problem} problem */
export function withoutFaults(content, problem) {
  const kept = structuredClone(content);
  for (const { pointer } of problem.errors) {
    const [name, language, part] = pointer.split('/').slice(1);
    if (name === 'texts' && part && kept.texts?.[language]) delete kept.texts[language][part];
    else if (name === 'texts' && language) delete kept.texts?.[language];
    else delete kept[name];
  }
  return kept;
}

/**
 * As `save`, of a draft; what cannot be read of it is left out.
 * @returns {Promise<{alert: any, whole: boolean}>} whether all of it was taken
 */
export async function saveWhatCan(saved, content) {
  try {
    return { alert: await save(saved, content, 'unfinished'), whole: true };
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 422 || !error.errors.length) throw error;
    return { alert: await save(saved, withoutFaults(content, error), 'unfinished'), whole: false };
  }
}
