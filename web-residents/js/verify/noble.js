// Ed25519 (RFC 8032) for browsers that do not know it. A service worker may not import later what it needs: it imports this.

import { verifyAsync } from '../../vendor/noble-ed25519.js';

/** @param {Uint8Array} key @param {Uint8Array} signature @param {Uint8Array} message @returns {Promise<boolean>} */
export const byNoble = (key, signature, message) => verifyAsync(signature, message, key, { zip215: false });
