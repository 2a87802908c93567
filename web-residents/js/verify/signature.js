// Ed25519 (RFC 8032): by the browser where it can, else by noble-ed25519.

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** @typedef {() => Promise<typeof import('../../vendor/noble-ed25519.js')>} Noble */

/**
 * @param {Uint8Array<ArrayBuffer> | null} key raw public key
 * @param {Uint8Array<ArrayBuffer> | null} signature
 * @param {Uint8Array<ArrayBuffer>} message
 * @param {Noble} [noble] where the browser does not know the algorithm
 * @returns {Promise<boolean>} false also for what is no key or no signature
 */
export async function isSignature(key, signature, message, noble = loadedLater) {
  if (key?.length !== KEY_BYTES || signature?.length !== SIGNATURE_BYTES) return false;
  const imported = await importedKey(key);
  return imported ? crypto.subtle.verify('Ed25519', imported, signature, message) : byNoble(await noble(), key, signature, message);
}

/** Null where the browser does not know the algorithm. */
async function importedKey(key) {
  try {
    return await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
  } catch {
    return null;
  }
}

/** Few need it. @type {Noble} */
const loadedLater = () => import('../../vendor/noble-ed25519.js');

const byNoble = ({ verifyAsync }, key, signature, message) => verifyAsync(signature, message, key, { zip215: false });
