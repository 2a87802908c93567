// Keys (FIDO2) by the browser's own dialogs; the API says what they sign and checks it.

import * as api from '../api/sessions.js';

/** Whether this browser speaks WebAuthn in the API's JSON forms, at an address that keys can be bound to. */
export const canUseKeys = () => typeof globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON === 'function';

const json = (credential) => /** @type {any} */ (credential)?.toJSON();

/** The session is renewed, with a fresh factor. @throws {DOMException} when the person or the browser refused */
export async function showKey() {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await api.challenge('use', true));
  await api.useKey(json(await navigator.credentials.get({ publicKey })));
}

/** @param {string} name @returns {Promise<import('../api/sessions.js').Factors>} */
export async function registerKey(name) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await api.challenge('register'));
  return api.addKey(json(await navigator.credentials.create({ publicKey })), name);
}
