// Whether a published alert is what its municipality signed; shared/formats/signed_alert.py has the same rules.

import { fromBase64url, milliseconds } from './encoding.js';
import { isSignature } from './signature.js';
import { contentOf } from './signed_text.js';

/**
 * Of `published` only `signed`, `signature` and `key` are looked at; only `content` may be shown as the municipality's.
 * @param {{signed?: string, signature?: string, key?: string}} published a document of `published`, or an alert's public JSON
 * @param {string} id of the alert that was asked for
 * @param {{terc: string, keys?: {id: string, key: string, from: unknown, until: unknown}[]} | null} municipality
 *   times as Firestore timestamps or RFC 3339
 * @param {import('./signature.js').Noble} [noble] where the browser does not know Ed25519
 * @returns {Promise<{ok: boolean, reason: string | null, content: any}>} reason: unsigned, unknown-key,
 *   bad-signature, unreadable, other-alert, other-municipality, key-not-valid; `content`, what the signed text says, is
 *   there exactly when nothing is wrong
 */
export async function verify(published, id, municipality, noble) {
  const { signed, signature, key: named } = published;
  if (typeof signed !== 'string' || typeof signature !== 'string' || typeof named !== 'string') return refused('unsigned');
  const key = municipality?.keys?.find((one) => one.id === named);
  if (!key) return refused('unknown-key');
  const message = new TextEncoder().encode(signed);
  if (!(await isSignature(fromBase64url(key.key), fromBase64url(signature), message, noble))) return refused('bad-signature');
  const content = contentOf(signed);
  const reason = content ? fault(content, id, municipality?.terc, key) : 'unreadable';
  return reason ? refused(reason) : { ok: true, reason: null, content };
}

const refused = (reason) => ({ ok: false, reason, content: null });

function fault(content, id, terc, key) {
  if (content.alert !== id) return 'other-alert';
  if (content.terc !== terc) return 'other-municipality';
  return content.key === key.id && covers(key, milliseconds(content.signed_at)) ? null : 'key-not-valid';
}

const covers = ({ from, until }, moment) =>
  milliseconds(from) <= moment && ((until ?? null) === null || moment < milliseconds(until));
