// The resident's sign-in for a worker without the Auth SDK: an id token, from what the SDK keeps in IndexedDB
// (@firebase/auth, IndexedDBLocalPersistence).

import { attestation } from './app_check.js';
import { kept } from './sdk_store.js';

const AUTH = { database: 'firebaseLocalStorageDb', store: 'firebaseLocalStorage' };
const PATIENCE = 20_000; // ms
const EARLY = 60_000; // ms before it runs out, a token counts as run out

/** @returns {Promise<string | null>} null when nobody is signed in; throws without a network */
export async function idToken(config) {
  const manager = (await kept(AUTH, `firebase:authUser:${config.apiKey}:[DEFAULT]`))?.value?.stsTokenManager;
  if (!manager) return null;
  if (manager.accessToken && manager.expirationTime > Date.now() + EARLY) return manager.accessToken;
  return manager.refreshToken ? renewed(config, manager.refreshToken) : null;
}

/** The new token is not kept: the page's SDK renews its own. */
async function renewed(config, refreshToken) {
  const host = config.emulators?.auth ? `${config.emulators.auth}/securetoken.googleapis.com` : 'https://securetoken.googleapis.com';
  const answer = await fetch(`${host}/v1/token?key=${encodeURIComponent(config.apiKey)}`, {
    method: 'POST',
    headers: (await attestation(config)).headers,
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.status === 400) return null; // the account is gone
  if (!answer.ok) throw new Error(`token: ${answer.status}`);
  return (await answer.json()).id_token;
}
