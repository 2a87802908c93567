// A sign-in of its own, beside the session of the page and forgotten with it: to enrol, and to prove anew who one is.

import { inMemoryPersistence, multiFactor, signInWithEmailAndPassword, TotpMultiFactorGenerator } from '../../vendor/firebase.js';
import { checkCode, checkPassword } from './credentials.js';
import { connect } from './firebase.js';

const ISSUER = 'Alert Online';
/** @type {Promise<any> | null} */
let made = null;

const authApart = () => (made ??= connect(inMemoryPersistence, 'apart'));

/**
 * The authenticator's secret of an account that has none yet.
 * @param {string} email @param {string} password
 * @returns {Promise<{key: string, address: string, confirm: (code: string) => Promise<string>}>} `address` for a QR code;
 *   `confirm` takes the app's first code and gives the token of the sign-in with it
 */
export async function startAuthenticator(email, password) {
  const { user } = await signInWithEmailAndPassword(await authApart(), email, password);
  const factors = multiFactor(user);
  const secret = await TotpMultiFactorGenerator.generateSecret(await factors.getSession());
  return {
    key: secret.secretKey,
    address: secret.generateQrCodeUrl(email, ISSUER),
    async confirm(code) {
      await factors.enroll(TotpMultiFactorGenerator.assertionForEnrollment(secret, code), ISSUER);
      return user.getIdToken();
    },
  };
}

/**
 * Who one is, by password and code of this moment.
 * @returns {Promise<{error: string | null, token?: string}>} `error`: a word's key
 */
export async function proveAnew(email, password, code) {
  const auth = await authApart();
  const { error, resolver } = await checkPassword(auth, email, password);
  if (error) return { error };
  const outcome = await checkCode(resolver, code);
  return outcome.error ? { error: outcome.error } : { error: null, token: await auth.currentUser.getIdToken() };
}
