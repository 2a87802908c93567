// What would surprise whoever approves: an area in which nobody lives, one unlike what such alerts usually have, all there is, or another
// number than somebody approved before.

import { t } from '../i18n/index.js';

const WHOLE = 0.95; // of all addresses: what is left lies along the boundary

/** What alerts of this kind usually reach, as shares of the municipality's addresses (shared/templates). */
export const usualOf = (templates, { event }) => templates.find(({ values, usual }) => usual && values.event === event)?.usual ?? {};

/**
 * @param {{inside: number, all: number} | null} addresses null where they are not known
 * @param {{least?: number, most?: number}} usual
 * @param {{held?: string | null, interlock?: {addresses: number | null} | null}} [alert] one that is held was approved already
 * @returns {string | null} the surprise in words: at most one, since one is enough to look again
 */
export function surprise(addresses, { least = 0, most = 1 } = {}, { held, interlock } = {}) {
  if (!addresses) return null;
  const { inside, all } = addresses;
  const share = inside / all;
  if (!inside) return t('surprise.nobody');
  const before = held ? (interlock?.addresses ?? inside) : inside;
  if (before !== inside) return t('surprise.other', { before, inside });
  if (share >= WHOLE) return t('surprise.whole', { count: inside });
  if (share > most) return t('surprise.more', { inside, all });
  return share < least ? t('surprise.fewer', { inside, all }) : null;
}
