// What time it is, though the phone's clock be wrong: by the site's, as far as it could be asked.

import { within } from './patience.js';
import { read, write } from './state.js';

const KEPT = 'clock';
const ADDRESS = '/icon.svg';
const PATIENCE = 2_000; // ms
const CLOSE = 60_000; // ms; answers of the site are to the second, and take a while

let ahead = 0; // ms by which the phone's clock is ahead of the site's

/** @param {number} [phone] ms by the phone's clock @returns {number} ms, to compare with what the office said */
export const now = (phone = Date.now()) => phone - ahead;

/** As it was found last; a database that does not answer changes nothing. */
export async function recallClock() {
  const kept = await within(PATIENCE, read('settings', KEPT).catch(() => null));
  if (typeof kept === 'number') ahead = kept;
}

/** Asks the site. @returns {Promise<number | null>} ms; null when it does not answer */
export async function askClock() {
  const asked = fetch(`${ADDRESS}?${Date.now()}`, { method: 'HEAD', cache: 'no-store' }).then(timeOf, () => null); // no copy of a CDN
  const time = (await within(PATIENCE, asked)) ?? null;
  if (time !== null) set(Date.now() - time);
  return time;
}

const timeOf = (answer) => Date.parse(answer.headers.get('date') ?? '') || null;

function set(difference) {
  const found = Math.abs(difference) > CLOSE ? difference : 0;
  if (found === ahead) return;
  ahead = found;
  write('settings', KEPT, ahead).catch(console.error);
}
