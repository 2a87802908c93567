// One way to call the staff API: who is calling, a limit on waiting, and failures as two kinds of error.

import { language } from '../i18n/index.js';
import { attended } from './attended.js';
import { chosenMunicipality } from './municipality.js';

const PATIENCE = 20_000; // ms
const NO_BODY = [204, 304]; // done; unchanged, only for whoever asks with If-None-Match

/** The server answered and said no: RFC 9457, in the person's language. */
export class Problem extends Error {
  /** @param {number} status @param {any} body @param {number} retryAfter seconds that the server wants to be left alone */
  constructor(status, body = {}, retryAfter = 0) {
    super(body.detail || body.title || `HTTP ${status}`);
    this.status = status;
    this.retryAfter = retryAfter;
    this.code = body.code ?? '';
    this.title = body.title ?? '';
    this.detail = body.detail ?? '';
    /** @type {{pointer: string, code: string, detail: string, at?: string, place?: {lng: number, lat: number}, counted?: number}[]} */
    this.errors = Array.isArray(body.errors) ? body.errors.filter((one) => typeof one?.pointer === 'string') : [];
    this.inside = body.inside ?? null;
  }
}

/** No answer came: offline, or too slow. Whether the server acted is not known. */
export class Unreachable extends Error {}

/** An answer came that is not the API's: a portal's page, half a body, another form. Whether the server acted is not known. */
export class Garbled extends Unreachable {}

/** @type {(fresh: boolean) => Promise<string | null>} */
let idToken = async () => null;

/** @param {(fresh: boolean) => Promise<string | null>} source gives the caller's id token */
export function authoriseWith(source) {
  idToken = source;
}

/** What a session at its end, or an act that asks for a fresh factor, answers 401 with: shown to the person, not mended by a token. */
const RENEWABLE = ['session-idle', 'session-over', 'session-ended', 'key-required', 'fresh-sign-in-required'];

/** @type {(code: string, wanted: boolean, done: boolean) => Promise<boolean>} */
let renewal = async () => false;

/**
 * @param {(code: string, wanted: boolean, done: boolean) => Promise<boolean>} renew asks the person for what is missing; `wanted`:
 *   somebody waits for it; `done`: it was to change something. Whether the request is to be sent again
 */
export function renewWith(renew) {
  renewal = renew;
}

/** @type {() => Promise<string | null>} */
let attestation = async () => null;

/** @param {() => Promise<string | null>} source gives App Check's token, where the deployment asks for one */
export function attestWith(source) {
  attestation = source;
}

/**
 * @param {string} method @param {string} path
 * @param {{body?: object, headers?: Record<string, string>, cache?: RequestCache, signal: AbortSignal}} options
 * @param {boolean} fresh whether a new token is wanted
 */
async function send(method, path, { body, headers, cache = 'no-store', signal }, fresh) {
  const [token, attested] = await Promise.all([idToken(fresh), attestation()]);
  return fetch(`/api${path}`, {
    method,
    signal,
    cache,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: {
      Accept: 'application/json',
      'Accept-Language': language(),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(chosenMunicipality() ? { 'Alert-Municipality': chosenMunicipality() } : {}),
      ...(attended() ? {} : { 'Alert-Attended': 'no' }),
      ...(attested && { 'X-Firebase-AppCheck': attested }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
  });
}

async function read(answer) {
  const { headers } = answer;
  const etag = headers.get('ETag');
  if (NO_BODY.includes(answer.status)) return { body: null, etag, headers };
  const body = await answer.json().catch(() => null);
  if (!answer.ok) throw new Problem(answer.status, body ?? {}, Number(headers.get('Retry-After')) || 0);
  if (typeof body !== 'object' || body === null) throw new Garbled(`no JSON from ${answer.url}`);
  return { body, etag, headers };
}

const isStale = (answer) =>
  answer.status === 401 && !RENEWABLE.some((code) => answer.headers.get('WWW-Authenticate')?.includes(`"${code}"`));

async function once(method, path, options, take) {
  const limit = AbortSignal.timeout(PATIENCE);
  const signal = options.signal ? AbortSignal.any([limit, options.signal]) : limit;
  try {
    let answer = await send(method, path, { ...options, signal }, false);
    if (isStale(answer)) answer = await send(method, path, { ...options, signal }, true);
    const standing = answer.headers.get('Alert-Session') ?? 'open';
    if (answer.ok && standing !== 'open' && !options.bare) renewal(`session-${standing}`, false, false);
    return await take(answer);
  } catch (error) {
    if (error instanceof Problem || error instanceof Garbled || options.signal?.aborted) throw error;
    throw new Unreachable(String(error));
  }
}

async function asked(method, path, options, take) {
  try {
    return await once(method, path, options, take);
  } catch (error) {
    const askable = error instanceof Problem && RENEWABLE.includes(error.code) && !options.bare;
    if (!askable || !(await renewal(error.code, attended(), method !== 'GET'))) throw error;
    return once(method, path, options, take);
  }
}

/**
 * @param {string} method
 * @param {string} path below /api
 * @param {{body?: object, headers?: Record<string, string>, cache?: RequestCache, signal?: AbortSignal, bare?: boolean}} options `cache`: for what
 *   the browser may keep, and asks about; `bare`: nobody is asked to renew the session for it
 * @returns {Promise<{body: any, etag: string | null, headers: Headers}>}
 * @throws {Problem | Unreachable | DOMException} AbortError when `options.signal` was aborted
 */
export const request = (method, path, options = {}) => asked(method, path, options, read);

/**
 * A file; `next` where it is cut and another one goes on from there.
 * @param {string} path below /api @returns {Promise<{file: Blob, next: string | null}>} @throws {Problem | Unreachable}
 */
export const download = (path) =>
  asked('GET', path, {}, async (answer) =>
    answer.ok ? { file: await answer.blob(), next: answer.headers.get('Audit-Next') } : read(answer),
  );
