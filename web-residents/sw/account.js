// The resident's sign-in for a worker without the Auth SDK: an id token, from what the SDK keeps in IndexedDB.
// Its layout is the SDK's (@firebase/auth, IndexedDBLocalPersistence); tests hold it to the pinned version.

const DATABASE = 'firebaseLocalStorageDb';
const STORE = 'firebaseLocalStorage';
const PATIENCE = 20_000; // ms
const EARLY = 60_000; // ms before it runs out, a token counts as run out

/** @returns {Promise<string | null>} null when nobody is signed in; throws without a network */
export async function idToken(config) {
  const manager = (await kept(`firebase:authUser:${config.apiKey}:[DEFAULT]`))?.stsTokenManager;
  if (!manager) return null;
  if (manager.accessToken && manager.expirationTime > Date.now() + EARLY) return manager.accessToken;
  return manager.refreshToken ? renewed(config, manager.refreshToken) : null;
}

/** The new token is not kept: the page's SDK renews its own. */
async function renewed(config, refreshToken) {
  const host = config.emulators?.auth ? `${config.emulators.auth}/securetoken.googleapis.com` : 'https://securetoken.googleapis.com';
  const answer = await fetch(`${host}/v1/token?key=${encodeURIComponent(config.apiKey)}`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.status === 400) return null; // the account is gone
  if (!answer.ok) throw new Error(`token: ${answer.status}`);
  return (await answer.json()).id_token;
}

async function kept(key) {
  const database = await opened();
  try {
    return database.objectStoreNames.contains(STORE) ? await value(database, key) : undefined;
  } finally {
    database.close();
  }
}

/** Created in the SDK's own form if it is not there yet: an empty database would keep the SDK from making its store. */
function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'fbase_key' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function value(database, key) {
  return new Promise((resolve, reject) => {
    const request = database.transaction(STORE).objectStore(STORE).get(key);
    request.onsuccess = () => resolve(request.result?.value);
    request.onerror = () => reject(request.error);
  });
}
