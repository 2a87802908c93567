// Small objects of the views, in the database that pages and service worker share.

import { within } from '../../sw/patience.js';
import { forget, read, write } from '../../sw/state.js';

const STORE = 'local';
const PATIENCE = 1_000; // ms for a database that another window, or a full phone, blocks

/**
 * What is kept so is a convenience: where the browser has no database (private windows of some), it is forgotten.
 * @param {string} name of the object
 * @returns {{get: () => Promise<any>, set: (value: any) => Promise<void>}}
 *   `get` gives undefined when nothing was set
 */
export const local = (name) => ({
  get: () => within(PATIENCE, read(STORE, name).catch(console.error)),
  set: (value) => within(PATIENCE, write(STORE, name, value).catch(console.error)),
});

/** For one who leaves: everything of that database, the worker's too. */
export const forgetLocal = forget;
