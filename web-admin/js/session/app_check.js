// The page is attested to the API, where the deployment asks for it.

import { attestWith } from '../api/request.js';

/**
 * @param {() => any} app of the site, made when it is needed
 * @param {string | null | undefined} key of reCAPTCHA Enterprise @param {any} local the local stack's stand-in
 */
export async function attest(app, key, local) {
  if (!key && !local) return;
  const { startAppCheck } = await import('../../vendor/app-check.js');
  attestWith(startAppCheck(app(), { key: key ?? undefined, local }));
}
