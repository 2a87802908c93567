// Which Firebase project this is, as Hosting tells it.

import { read, write } from './state.js';

const ADDRESS = '/__/firebase/init.json';
const KEPT = 'web-config';
const PATIENCE = 10_000; // ms

/** From the network; without one, as it was last time. */
export async function webConfig() {
  const answer = await fetch(ADDRESS, { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
  if (!answer?.ok) return (await read('settings', KEPT)) ?? refuse();
  const config = await answer.json();
  write('settings', KEPT, config).catch(console.error);
  return config;
}

function refuse() {
  throw new Error('the project is not known yet');
}
