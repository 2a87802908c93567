// Small objects of the views, kept in this browser beside what the service worker keeps.

const DATABASE = 'alert-online-app';
const STORE = 'objects';

let opened = null;

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function open() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return done(request);
}

async function store(mode) {
  opened ??= open();
  return (await opened).transaction(STORE, mode).objectStore(STORE);
}

/**
 * @param {string} name of the object
 * @returns {{get: () => Promise<any>, set: (value: any) => Promise<void>, remove: () => Promise<void>}}
 *   `get` gives undefined when nothing was set
 */
export const local = (name) => ({
  get: async () => done((await store('readonly')).get(name)),
  set: async (value) => done((await store('readwrite')).put(value, name)),
  remove: async () => done((await store('readwrite')).delete(name)),
});

/** For one who leaves. */
export async function forgetLocal() {
  if (opened) (await opened).close();
  opened = null;
  await done(indexedDB.deleteDatabase(DATABASE));
}
