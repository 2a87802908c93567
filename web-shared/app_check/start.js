// Firebase App Check of a page: it is attested by reCAPTCHA Enterprise, or on the local stack by a stand-in that knows it by a
// debug token. Fetched only where the deployment has it switched on (docs/adr/0044).

import { CustomProvider, getToken, initializeAppCheck, ReCaptchaEnterpriseProvider } from 'firebase/app-check';

const PATIENCE = 8_000; // ms for a token; without one the request goes all the same, and the server says what it thinks of that

/**
 * From now on the SDKs of this app send its tokens, and renew them. The SDK keeps them in IndexedDB, where the residents' worker
 * finds them.
 * @param {any} app
 * @param {{key?: string, local?: {address: string, debugToken: string}}} by
 * @returns {() => Promise<string | null>} the token of the moment
 */
export function startAppCheck(app, { key = '', local }) {
  const provider = local ? new CustomProvider({ getToken: () => exchanged(app, local) }) : new ReCaptchaEnterpriseProvider(key);
  const appCheck = initializeAppCheck(app, { provider, isTokenAutoRefreshEnabled: true });
  const current = () => getToken(appCheck).then(({ token }) => token, () => null);
  return () => Promise.race([current(), new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE))]);
}

/** As the SDK's debug provider does it, which knows Google's address alone. */
async function exchanged({ options: { projectId, appId } }, { address, debugToken }) {
  const answer = await fetch(`${address}/v1/projects/${projectId}/apps/${appId}:exchangeDebugToken`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ debug_token: debugToken }),
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (!answer.ok) throw new Error(`App Check: ${answer.status}`);
  const { token, ttl } = await answer.json();
  return { token, expireTimeMillis: Date.now() + Number.parseFloat(ttl) * 1000 };
}
