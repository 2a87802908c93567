// What the office says of an alert by now: asked of the site, and believed only when its municipality signed it.

import { verify } from '../js/verify/verify.js';
import * as noble from '../vendor/noble-ed25519.js'; // a worker may not import it later
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

/** The newest of its thread, when the alert itself can be believed. @param {Record<string, string>} data @param {(address: string) => Promise<any>} ask */
async function believed({ alert, terc }, ask) {
  const { thread = [], ...own } = await ask(`/a/${encodeURIComponent(alert)}.json`);
  const municipality = await whoSigns(terc, own.key, ask);
  const read = async (sealed, id) => (await verify(sealed, id, municipality, async () => noble)).content;
  const [content, ...others] = await Promise.all([read(own, alert), ...thread.map((one) => read(one, one.alert))]);
  const newer = others.filter((one) => content && one?.thread === content.thread && one.version > content.version);
  return newer.sort((a, b) => b.version - a.version)[0] ?? content;
}

/** Neither a copy of the browser's nor the page of whoever stands in between. */
async function answer(address, signal) {
  const response = await fetch(address, { cache: 'no-store', credentials: 'omit', redirect: 'error', signal });
  if (response.status !== 200) throw new Error(`${address}: ${response.status}`);
  return response.json();
}
