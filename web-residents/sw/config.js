// Which Firebase project this is, as Hosting tells it.

import { read, write } from './state.js';

const ADDRESS = '/__/firebase/init.json';
const KEPT = 'web-config';

/** From the network; without one, as it was last time. */
export async function webConfig() {
  const answer = await fetch(ADDRESS).catch(() => null);
  if (!answer?.ok) return (await read('settings', KEPT)) ?? refuse();
  const config = await answer.json();
  await write('settings', KEPT, config);
  return config;
}

function refuse() {
  throw new Error('the project is not known yet');
}
