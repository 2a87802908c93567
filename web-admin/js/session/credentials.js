// Signing in: password first, then the code of the authenticator app. Outcomes are words' keys, not exceptions.

import {
  getMultiFactorResolver,
  signInWithEmailAndPassword,
  TotpMultiFactorGenerator,
} from '../../vendor/firebase.js';

const PASSWORD_ERRORS = {
  'auth/invalid-credential': 'signIn.error.credentials',
  'auth/invalid-login-credentials': 'signIn.error.credentials',
  'auth/wrong-password': 'signIn.error.credentials',
  'auth/user-not-found': 'signIn.error.credentials',
  'auth/invalid-email': 'signIn.error.email',
  'auth/user-disabled': 'signIn.error.disabled',
  'auth/too-many-requests': 'signIn.error.tooMany',
  'auth/network-request-failed': 'signIn.error.network',
};

const CODE_ERRORS = {
  'auth/invalid-verification-code': 'signIn.error.code',
  'auth/totp-challenge-timeout': 'signIn.error.expired',
  'auth/code-expired': 'signIn.error.expired',
  'auth/invalid-multi-factor-session': 'signIn.error.expired',
  'auth/too-many-requests': 'signIn.error.tooMany',
  'auth/network-request-failed': 'signIn.error.network',
};

/** @returns {string | null} the word's key for a code that an authenticator app did not give; null: another failure */
export const wordsOfCode = (error) => (error?.code ? (CODE_ERRORS[error.code] ?? null) : null);

const failed = (error, known) => ({ error: known[error.code] ?? 'signIn.error.other' });

/**
 * @returns {Promise<{error: string | null, resolver?: any}>} the resolver waits for the code;
 *   an account without a second factor is refused, as the API would refuse it; the session ends it
 */
export async function checkPassword(auth, email, password) {
  try {
    await signInWithEmailAndPassword(auth, email, password);
  } catch (caught) {
    const error = /** @type {any} */ (caught);
    if (error.code !== 'auth/multi-factor-auth-required') return failed(error, PASSWORD_ERRORS);
    return { error: null, resolver: getMultiFactorResolver(auth, error) };
  }
  return { error: 'signIn.error.noSecondFactor' };
}

/** @returns {Promise<{error: string | null, restart?: boolean}>} */
export async function checkCode(resolver, code) {
  const hint = resolver.hints.find(({ factorId }) => factorId === TotpMultiFactorGenerator.FACTOR_ID);
  if (!hint) return { error: 'signIn.error.noSecondFactor', restart: true };
  try {
    await resolver.resolveSignIn(TotpMultiFactorGenerator.assertionForSignIn(hint.uid, code));
    return { error: null };
  } catch (error) {
    const outcome = failed(error, CODE_ERRORS);
    return { ...outcome, restart: outcome.error === 'signIn.error.expired' };
  }
}
