// One document written by Firestore's REST interface: the SDK is too heavy for a worker that lives for seconds.

import { idToken } from './account.js';
import { webConfig } from './config.js';

const PATIENCE = 20_000; // ms
const CONFLICT = 409; // it exists
const PASSING = [401, 408, 429];

/** It was neither written nor refused: no network, no account yet, or the server is busy. */
export class NotYet extends Error {}

/** @typedef {{config: Record<string, any>, token: string}} Access */

/** As the resident, for any number of documents. @returns {Promise<Access>} @throws {NotYet} */
export async function access() {
  const config = await webConfig().catch(notYet);
  const token = await idToken(config).catch(notYet);
  if (!token) throw new NotYet('nobody is signed in');
  return { config, token };
}

/**
 * Creates a document with `at` as the server's time. One that exists, or is refused, is done with: the rules
 * let it be written once.
 * @param {Access} access
 * @param {string} path "published/x/receipts/y"
 * @param {Record<string, string>} fields texts, and `expire`, a time
 * @throws {NotYet}
 */
export async function commit({ config, token }, path, fields) {
  const answer = await post(config, token, writeOf(config, path, fields)).catch(notYet);
  if (answer.ok || answer.status === CONFLICT) return;
  if (answer.status >= 500 || PASSING.includes(answer.status)) throw new NotYet(`${answer.status}`);
}

/** @returns {never} */
function notYet(error) {
  throw new NotYet(error.message);
}

const databaseOf = (config) => `projects/${config.projectId}/databases/(default)`;

function post(config, token, writes) {
  const local = config.emulators?.firestore;
  const host = local ? `http://${local}` : 'https://firestore.googleapis.com';
  return fetch(`${host}/v1/${databaseOf(config)}/documents:commit`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ writes }),
    signal: AbortSignal.timeout(PATIENCE),
  });
}

const typeOf = (name) => (name === 'expire' ? 'timestampValue' : 'stringValue');

function writeOf(config, path, fields) {
  const typed = Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, { [typeOf(name)]: text }]));
  return [
    {
      update: { name: `${databaseOf(config)}/documents/${path}`, fields: typed },
      updateTransforms: [{ fieldPath: 'at', setToServerValue: 'REQUEST_TIME' }],
      currentDocument: { exists: false },
    },
  ];
}
