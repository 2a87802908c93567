// Small objects of the views, in the database that pages and service worker share.

import { forget, read, remove, write } from '../../sw/state.js';

const STORE = 'local';

/**
 * @param {string} name of the object
 * @returns {{get: () => Promise<any>, set: (value: any) => Promise<void>, remove: () => Promise<void>}}
 *   `get` gives undefined when nothing was set
 */
export const local = (name) => ({
  get: () => read(STORE, name),
  set: (value) => write(STORE, name, value),
  remove: () => remove(STORE, name),
});

/** For one who leaves: everything of that database, the worker's too. */
export const forgetLocal = forget;
