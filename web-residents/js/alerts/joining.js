// What the phone knew and what the site says now, as one: nothing newer is lost to a copy that is older.

import { contentOf } from '../verify/signed_text.js';
import { readAlert } from './reading.js';

const LATE = 5 * 60_000; // ms; what was sent so shortly before an answer may be missing there

/**
 * @typedef {import('../session/answers.js').Kept} Kept
 * @typedef {{kept: Kept, alerts: import('./reading.js').Alert[], behind: boolean}} Joined
 *   `kept`: to be kept on the phone; `alerts`: all of `kept`, judged; `behind`: the phone knew something newer
 */

/** @param {Kept} kept @returns {Promise<Joined>} what the phone knows, alone */
export const recalled = async (kept) => ({ kept, alerts: await judged(kept.sealed, kept.office), behind: false });

/**
 * Of one alert the higher revision counts, if the signature proves it. An answer that is older than what is known adds and
 * changes, and takes nothing away; nor does any answer of what was sent a moment before.
 * @param {Kept | undefined} known
 * @param {Kept} answer
 * @returns {Promise<Joined>}
 */
export async function joined(known, answer) {
  const [told, held] = await Promise.all([pairs(answer.sealed, answer.office), pairs(known?.sealed ?? [], answer.office)]);
  const older = known !== undefined && answer.made < known.made;
  const stays = ([id, one]) => {
    const same = told.get(id);
    return same ? isNewer(one, same) : older || isFresh(one, answer.made);
  };
  const staying = [...held].filter(stays);
  const all = [...new Map([...told, ...staying]).values()];
  const kept = { office: answer.office, sealed: all.map(({ sealed }) => sealed), made: Math.max(answer.made, known?.made ?? 0) };
  return { kept, alerts: all.map(({ alert }) => alert), behind: older || staying.length > 0 };
}

/** @typedef {{sealed: import('../session/answers.js').Sealed, alert: import('./reading.js').Alert}} Pair */

/** @returns {Promise<Map<string, Pair>>} by the alert's id */
async function pairs(sealed, office) {
  const alerts = await judged(sealed, office);
  return new Map(alerts.map((alert, index) => [alert.id, { sealed: sealed[index], alert }]));
}

const judged = (sealed, office) => Promise.all(sealed.map((one) => readAlert(one, office)));

const isNewer = ({ alert }, { alert: told }) => alert.ok && alert.revision > told.revision;

const isFresh = ({ alert }, made) => alert.ok && alert.state === 'active' && made - Date.parse(alert.sent) < LATE;

/** @param {Kept} kept @param {string} id @returns {Kept | null} of a list, the alert and what says that it is of its thread */
export function threadWithin(kept, id) {
  const threads = new Map(kept.sealed.map((one) => [one.alert, contentOf(one.signed ?? '')?.thread]));
  if (!threads.has(id)) return null;
  const wanted = threads.get(id);
  return { ...kept, sealed: kept.sealed.filter(({ alert }) => alert === id || (wanted && threads.get(alert) === wanted)) };
}
