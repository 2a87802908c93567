// What this installation remembers, in IndexedDB, for the page and the service worker alike.

const NAME = 'alert-online';
const VERSION = 1;

/**
 * Keys and values by store:
 * - device: "this" -> {slot, uid, token, written (ms)}: where this browser is registered
 * - seen: thread -> {version, again, alert, at (ms)}: the newest message shown of each thread
 * - receipts: path of a document -> {fields, done, at (ms)}: what is to be written once, and what was
 * - alerts: alert -> the push's data with `at` (ms): for reading without a network
 * - settings: name -> value: of this browser ("web-config", "receiving-off", "local-token")
 * - local: the pages' own
 */
export const STORES = ['device', 'seen', 'receipts', 'alerts', 'settings', 'local'];

let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => STORES.forEach((store) => request.result.createObjectStore(store));
    request.onerror = () => reject(request.error);
    request.onsuccess = () => resolve(closing(request.result));
  }).catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** Another tab may delete the database: it waits for every connection to close. */
function closing(database) {
  const forgetIt = () => {
    database.close();
    opened = null;
  };
  database.onversionchange = forgetIt;
  database.onclose = forgetIt;
  return database;
}

/** @returns {Promise<any>} what `work` said was its result */
async function inTransaction(store, mode, work) {
  const transaction = (await open()).transaction(store, mode);
  let result;
  work(transaction.objectStore(store), (value) => (result = value));
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  return result;
}

/** @returns {Promise<any>} undefined when there is nothing under the key */
export const read = (store, key) =>
  inTransaction(store, 'readonly', (objects, done) => {
    objects.get(key).onsuccess = ({ target }) => done(target.result);
  });

export const write = (store, key, value) => inTransaction(store, 'readwrite', (objects) => objects.put(value, key));

export const remove = (store, key) => inTransaction(store, 'readwrite', (objects) => objects.delete(key));

/** Reads and writes in one transaction: `alter` gets the value there is, and answers what to keep (undefined: nothing changes). */
export const change = (store, key, alter) =>
  inTransaction(store, 'readwrite', (objects, done) => {
    objects.get(key).onsuccess = ({ target }) => {
      const value = alter(target.result);
      if (value !== undefined) objects.put(value, key);
      done(value);
    };
  });

/** @returns {Promise<[string, any][]>} everything of a store, by key */
export const entries = (store) =>
  inTransaction(store, 'readonly', (objects, done) => {
    const found = [];
    done(found);
    objects.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      found.push([cursor.key, cursor.value]);
      cursor.continue();
    };
  });

/** Removes what came before a moment (ms), by its `at`. */
export const removeBefore = (store, moment) =>
  inTransaction(store, 'readwrite', (objects) => {
    objects.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      if (cursor.value.at < moment) cursor.delete();
      cursor.continue();
    };
  });

/** Leaves nothing: for those who erase themselves. */
export async function forget() {
  (await open()).close();
  opened = null;
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = resolve;
    request.onerror = () => reject(request.error);
  });
}
