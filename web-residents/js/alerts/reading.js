// A published alert as one to show: what was signed, and whether it may be believed.

import { now as clock } from '../../sw/clock.js';
import { contentOf } from '../verify/signed_text.js';
import { verify } from '../verify/verify.js';

const PLAIN = [
  ...['area', 'area_name', 'category', 'certainty', 'contact', 'covers', 'event', 'exercise', 'group', 'kind', 'narrowed', 'on_behalf', 'response', 'revision'],
  ...['severity', 'source', 'state', 'terc', 'texts', 'thread', 'urgency', 'version'],
];
const TIMES = ['cancelled', 'event_ends', 'expires', 'meant_for', 'next_info', 'sent'];

/**
 * @typedef {{title: string, body: string, instruction?: string | null}} Text
 * @typedef {{code: string, name: string, inside: number, total: number}} CoveredName
 * @typedef {{names: CoveredName[], inside: number, total: number, more?: number, more_inside?: number}} Covers
 * @typedef {{id: string, ok: boolean, reason: string | null, texts: Record<string, Text>,
 *   area: string, area_name: string, category: string, severity: string, exercise: boolean, kind: string, state: string,
 *   terc: string, thread: string, version: number, revision: number, sent: string, expires: string, cancelled: string | null,
 *   key?: string, meant_for?: string | null, group?: string | null, event?: string | null, urgency?: string | null, certainty?: string | null,
 *   response?: string | null, event_ends?: string | null, next_info?: string | null, source?: string | null,
 *   contact?: string | null, on_behalf?: string | null, narrowed?: string | null, covers?: Covers | null, pushed?: boolean, at?: number}} Alert `pushed`: known by its push alone, which came `at` (ms)
 *   times RFC 3339; what is not `ok` may say anything, so it is shown under a warning only
 */

/**
 * @param {import('../session/answers.js').Sealed} sealed
 * @param {object | null} municipality whose keys count
 * @returns {Promise<Alert>}
 */
export async function readAlert(sealed, municipality) {
  const id = sealed.alert;
  const { ok, reason, content } = await verify(/** @type {any} */ (sealed), id, /** @type {any} */ (municipality)).catch(unreadable);
  return { ...(ok ? content : unproven(sealed)), id, ok, reason };
}

const unreadable = (error) => (console.error(error), { ok: false, reason: 'unreadable', content: null });

/** What an alert that cannot be verified says all the same: there is nothing better. */
function unproven(sealed) {
  const said = sealed.unproven ?? contentOf(sealed.signed ?? '') ?? {};
  const fields = Object.fromEntries(PLAIN.map((name) => [name, said[name] ?? null]));
  for (const name of TIMES) fields[name] = Number.isNaN(Date.parse(said[name] ?? '')) ? null : said[name];
  const texts = typeof fields.texts?.pl?.title === 'string' ? fields.texts : { pl: { title: '', body: '' } };
  return { ...fields, kind: fields.kind ?? 'alert', texts };
}

/** @returns {{language: string} & Text} Polish where the language is missing */
export function textIn(alert, language) {
  const found = alert.texts[language] ? language : 'pl';
  return { language: found, ...alert.texts[found] };
}

/**
 * A state of a later release holds until the alert expires: better one too many.
 * @returns {"cancelled" | "superseded" | "ended" | "expired" | "all_clear" | null} how it ended; null while it holds
 */
export function ending(alert, now = clock()) {
  if (['cancelled', 'superseded', 'ended'].includes(alert.state)) return /** @type {any} */ (alert.state);
  if (!alert.state || alert.state === 'expired' || Date.parse(alert.expires) <= now) return 'expired';
  return alert.kind === 'all_clear' ? 'all_clear' : null;
}

/**
 * In its thread: what a newer message stands in for is in force no more, though the phone still knows it as active.
 * @param {Alert} alert @param {Alert} newest of its thread
 */
export function endingWithin(alert, newest, now = clock()) {
  const how = ending(alert, now);
  return [null, 'all_clear', 'expired'].includes(how) && newest.version > alert.version ? 'superseded' : how;
}

/** Whether the danger may not be over though the message is: running out is no all-clear. */
export const mayGoOn = (alert, how = ending(alert)) => how === 'expired' && !alert.exercise && !['Moderate', 'Minor'].includes(alert.severity);

/** Whether it belongs under "now": an all-clear is news until it expires. */
export const isCurrent = (alert, now = clock()) => [null, 'all_clear'].includes(ending(alert, now));
