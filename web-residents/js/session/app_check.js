// The app is attested to Firebase, where the deployment asks for it: the page names the key then (infra/bundle.mjs).

/** Before anything is asked of Firebase. @param {any} app @param {any} local the local stack's stand-in */
export async function attest(app, local) {
  const named = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="app-check"]'));
  if (!named && !local) return;
  const { startAppCheck } = await import('../../vendor/app-check.js');
  startAppCheck(app, { key: named?.content, local });
}
