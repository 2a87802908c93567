// Which Firebase project this is, as Hosting tells it.

import { within } from './patience.js';
import { read, write } from './state.js';

const ADDRESS = '/__/firebase/init.json';
const KEPT = 'web-config';
const PATIENCE = 10_000; // ms
const BRIEF = 1_000; // ms for the browser's database

/** As it was last time: nobody waits for a network to read what is on the phone. Asked for anew beside that, for the next start. */
export async function webConfig() {
  const kept = await within(BRIEF, read('settings', KEPT).catch(() => null));
  const asked = ask();
  if (!kept) return asked;
  asked.catch(() => {});
  return kept;
}

async function ask() {
  const again = () => fetch(ADDRESS, { signal: AbortSignal.timeout(PATIENCE) });
  // A preload that failed (js/welcome/ahead.js) would be taken for the answer of a network that is there by now.
  const answer = await again().catch(() => again().catch(() => null));
  if (!answer?.ok) throw new Error('the project is not known yet');
  const config = await answer.json();
  write('settings', KEPT, config).catch(console.error);
  return config;
}
