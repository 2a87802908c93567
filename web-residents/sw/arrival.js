// When a push came, by the site's clock; and of one that came late, what the office says by now.

import { askClock, now, recallClock } from './clock.js';
import { isLate } from './lateness.js';
import { signedState } from './signed_state.js';

/** @typedef {{time: number, content: any}} Arrival `time` ms; `content`: what the signed text says, null when not asked or not believed */

/**
 * What the phone's clock calls over is asked of the site's as well: the phone's may be hours off, and FCM delivers nothing
 * that is over. Without an answer it holds. Never fails, and takes three seconds at most beside the browser's database.
 * @param {Record<string, string>} data of the push
 * @param {number} [phone] ms, by its clock
 * @returns {Promise<Arrival>}
 */
export async function arrival(data, phone = Date.now()) {
  await recallClock();
  const time = now(phone);
  const over = Date.parse(data.expires) <= time;
  if (!over && !isLate(data, time)) return { time, content: null };
  const [content, site] = await Promise.all([signedState(data), askClock()]);
  return { time: site ?? (over ? 0 : time), content };
}
