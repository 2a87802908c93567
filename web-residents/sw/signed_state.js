// What the office says of an alert by now: asked of the site, and believed only when its municipality signed it.

import { byNoble } from '../js/verify/noble.js';
import { verify } from '../js/verify/verify.js';
import { whoSigns } from './keys.js';
import { within } from './patience.js';

const PATIENCE = 3_000; // ms, for all of it

/**
 * @param {Record<string, string>} data of the push
 * @returns {Promise<any>} what the signed text says; null when nothing comes in time that can be believed
 */
export async function signedState(data) {
  const limit = new AbortController();
  const asked = believed(data, (address) => answer(address, limit.signal)).catch(() => null);
  const content = await within(PATIENCE, asked, null);
  limit.abort();
  return content;
}

/** @param {Record<string, string>} data @param {(address: string) => Promise<any>} ask */
async function believed({ alert, terc }, ask) {
  const published = await ask(`/a/${encodeURIComponent(alert)}.json`);
  return (await verify(published, alert, await whoSigns(terc, published.key, ask), byNoble)).content;
}

/** Neither a copy of the browser's nor the page of whoever stands in between. */
async function answer(address, signal) {
  const response = await fetch(address, { cache: 'no-store', credentials: 'omit', redirect: 'error', signal });
  if (response.status !== 200) throw new Error(`${address}: ${response.status}`);
  return response.json();
}
