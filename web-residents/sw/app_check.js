// App Check for a worker, which cannot be attested itself: the token that the page's SDK keeps (@firebase/app-check, indexeddb).

import { kept } from './sdk_store.js';

const TOKENS = { database: 'firebase-app-check-database', store: 'firebase-app-check-store' };
const HEADER = 'X-Firebase-AppCheck';

/** @typedef {{headers: Record<string, string>, lapsed: boolean}} Attestation `lapsed`: there was a token, and it has run out */

/** @returns {Promise<Attestation>} without headers where App Check is off */
export async function attestation({ appId }) {
  const known = (await kept(TOKENS, `${appId}-[DEFAULT]`).catch(() => undefined))?.value;
  const lapsed = Boolean(known) && known.expireTimeMillis <= Date.now();
  return { headers: known && !lapsed ? { [HEADER]: known.token } : {}, lapsed };
}
