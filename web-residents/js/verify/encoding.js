// Texts of signed alerts and keys as bytes.

/** @param {string} text base64url without padding (RFC 4648, section 5); @returns {Uint8Array<ArrayBuffer> | null} null: it is none */
export function fromBase64url(text) {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null;
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}

/** Milliseconds of a Firestore timestamp or of an RFC 3339 text; NaN when it is neither. */
export function milliseconds(time) {
  if (typeof time === 'string') return Date.parse(time);
  return typeof time?.toMillis === 'function' ? time.toMillis() : NaN;
}
