// The staff API (openapi.yaml), one function per operation.

import { Garbled, request } from './request.js';

const isObject = (value) => typeof value === 'object' && value !== null;

/** Whether the pages can show it: what they read without asking is there. */
const isAlert = (body) =>
  isObject(body) && typeof body.id === 'string' && Number.isInteger(body.revision) && Array.isArray(body.actions) && isObject(body.texts) && Object.values(body.texts).every(isObject);

/** @throws {Garbled} for an answer that is no alert */
function withEtag({ body, etag }) {
  if (!isAlert(body)) throw new Garbled('not an alert');
  return { ...body, etag: etag ?? `"${body.revision}"` };
}
const at = (id) => `/alerts/${encodeURIComponent(id)}`;

export const me = async () => (await request('GET', '/me')).body;

export async function municipality() {
  const { body } = await request('GET', '/municipality');
  if (!isObject(body.boundary)) throw new Garbled('not a municipality');
  return body;
}

/** What of an alert decides who gets it and who hears it. */
const ofReach = ({ category, severity, exercise, send_at, sound_at }) => ({ category, severity, exercise, send_at, sound_at });

/**
 * Residents and phones an area reaches, and what it covers by name; for an alert, how many of them it wakes, and how many muted it.
 * @param {{area: object} | {parts: object[]}} where
 * @param {any | null} alert at least its category and severity
 * @param {AbortSignal} [signal]
 * @throws Problem 422 whose `inside` is the part within the boundary
 */
export const reach = async (where, alert, signal) =>
  (await request('POST', '/reach', { body: { ...where, ...(alert && ofReach(alert)) }, signal })).body;

/** @param {{states?: string[], after?: string | null, limit?: number}} filter newest change first */
export async function list({ states = [], after = null, limit = 20 } = {}) {
  const query = new URLSearchParams([...states.map((state) => ['state', state]), ['limit', String(limit)]]);
  if (after) query.set('after', after);
  const body = await remembered(`/alerts?${query}`);
  const items = Array.isArray(body.items) ? body.items : [];
  const shown = items.filter(isAlert);
  return { ...body, items: shown, unreadable: (body.unreadable ?? 0) + items.length - shown.length };
}

/** @type {Map<string, {etag: string | null, body: any}>} the last answer to each question, which may still hold */
const known = new Map();
const MOST_KNOWN = 50;

/** What is unchanged costs the server one read. @param {string} path */
async function remembered(path) {
  const before = known.get(path);
  const answer = await request('GET', path, unlessKnown(before?.etag ?? null));
  if (answer.body === null && before) return before.body;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(path, answer);
  return answer.body;
}

export const get = async (id) => withEtag(await request('GET', at(id)));

const keyed = (content, key) => ({ body: content, headers: { 'Idempotency-Key': key } });
const matched = (content, etag) => ({ body: content, headers: { 'If-Match': etag } });

export const create = async (content, key) => withEtag(await request('POST', '/alerts', keyed(content, key)));

export const update = async (id, etag, content) => withEtag(await request('PUT', at(id), matched(content, etag)));

/** As the two above, for a draft that may lack anything. */
export const beginDraft = async (content, key) => withEtag(await request('POST', '/drafts', keyed(content, key)));

export const keepDraft = async (id, etag, content) =>
  withEtag(await request('PUT', `/drafts/${encodeURIComponent(id)}`, matched(content, etag)));

/**
 * @param {string} id @param {string | null} etag null when it may be done to any revision @param {string} action
 * @param {object} [body]
 */
export const act = async (id, etag, action, body) =>
  withEtag(await request('POST', `${at(id)}/${encodeURIComponent(action.replaceAll('_', '-'))}`, { body, headers: etag ? { 'If-Match': etag } : {} }));

/** All messages of its thread, the oldest first. @param {string} id @returns {Promise<any[]>} */
export async function thread(id) {
  const { body } = await request('GET', `${at(id)}/thread`);
  return Array.isArray(body.items) ? body.items.filter(isAlert) : [];
}

export async function history(id) {
  const { body } = await request('GET', `${at(id)}/history`);
  return Array.isArray(body.items) ? body.items.filter(isObject) : [];
}

const unlessKnown = (etag) => (etag ? { headers: { 'If-None-Match': etag } } : {});

/**
 * What moves of an alert by itself: where it stands, and its figures.
 * @param {string} id @param {string | null} etag of the last answer
 * @returns {Promise<{watched: any | null, etag: string | null, gathered: string | null}>} null: it is as it was; `gathered`: when the
 *   figures were
 */
export async function watch(id, etag) {
  const answer = await request('GET', `${at(id)}/summary`, unlessKnown(etag));
  if (answer.body !== null && !isObject(answer.body.alert)) throw new Garbled('not where an alert stands');
  return { watched: answer.body, etag: answer.etag, gathered: answer.headers.get('Gathered') };
}
