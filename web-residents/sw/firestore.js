// One document written by Firestore's REST interface: the SDK is too heavy for a worker that lives for seconds.

import { idToken } from './account.js';
import { attestation } from './app_check.js';
import { webConfig } from './config.js';

const PATIENCE = 20_000; // ms
const CONFLICT = 409; // it exists
const FORBIDDEN = 403;
const PASSING = [401, 408, 429];


/** It was neither written nor refused: no network, no account yet, or the server is busy. */
export class NotYet extends Error {}

/** @typedef {{config: Record<string, any>, token: string, attested: import('./app_check.js').Attestation}} Access */

/** As the resident, for any number of documents. @returns {Promise<Access>} @throws {NotYet} */
export async function access() {
  const config = await webConfig().catch(notYet);
  const token = await idToken(config).catch(notYet);
  if (!token) throw new NotYet('nobody is signed in');
  return { config, token, attested: await attestation(config) };
}

/**
 * Creates a document with `at` as the server's time. One that exists, or is refused, is done with: the rules
 * let it be written once.
 * @param {Access} allowed
 * @param {string} path "published/x/receipts/y"
 * @param {Record<string, string>} fields texts, and `expire`, a time
 * @throws {NotYet}
 */
export async function commit(allowed, path, fields) {
  const answer = await post(allowed, writeOf(allowed.config, path, fields)).catch(notYet);
  if (answer.ok || answer.status === CONFLICT) return;
  if (isPassing(answer, allowed)) throw new NotYet(`${answer.status}`);
}

/** Until the app is opened again, nobody attests this worker; what is refused meanwhile may be taken then. */
const isPassing = ({ status }, { attested }) =>
  status >= 500 || PASSING.includes(status) || (status === FORBIDDEN && attested.lapsed);

/** @returns {never} */
function notYet(error) {
  throw new NotYet(error.message);
}

const databaseOf = (config) => `projects/${config.projectId}/databases/(default)`;

function post({ config, token, attested }, writes) {
  const local = config.emulators?.firestore;
  const host = local ? `http://${local}` : 'https://firestore.googleapis.com';
  return fetch(`${host}/v1/${databaseOf(config)}/documents:commit`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...attested.headers },
    body: JSON.stringify({ writes }),
    signal: AbortSignal.timeout(PATIENCE),
  });
}

function writeOf(config, path, fields) {
  return [{ ...documentOf(config, path, fields, ['at']), currentDocument: { exists: false } }];
}

/** A document's write, with the server's time in some of its fields. @param {string[]} times */
const documentOf = (config, path, fields, times) => ({
  update: { name: `${databaseOf(config)}/documents/${path}`, fields: typed(fields).mapValue.fields },
  updateTransforms: times.map((fieldPath) => ({ fieldPath, setToServerValue: 'REQUEST_TIME' })),
});

/** @param {any} value a text, or a map of such; `expire` is a time @param {string} [of] its name */
const typed = (value, of) =>
  typeof value === 'string'
    ? { [of === 'expire' ? 'timestampValue' : 'stringValue']: value }
    : { mapValue: { fields: Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, typed(inner, name)])) } };

/**
 * Writes documents together, or none: with the `fields` of one that may not be there, of the others only the times, where they
 * exist. What else a document says stays as it is.
 * @param {Access} allowed
 * @param {{path: string, times: string[], fields?: Record<string, any>}[]} documents
 * @returns {Promise<boolean>} false when they are refused, or one is not there
 * @throws {NotYet}
 */
export async function renew(allowed, documents) {
  const writes = documents.map(({ path, times, fields = {} }) => {
    const fieldPaths = Object.keys(fields);
    const write = { ...documentOf(allowed.config, path, fields, times), updateMask: { fieldPaths } };
    return fieldPaths.length ? write : { ...write, currentDocument: { exists: true } };
  });
  const answer = await post(allowed, writes).catch(notYet);
  if (isPassing(answer, allowed)) throw new NotYet(`${answer.status}`);
  return answer.ok;
}
