// What Firebase's SDKs keep in IndexedDB, for a worker without them. The layouts are theirs; tests hold them to the
// pinned version.

/** @param {{database: string, store: string}} place @param {string} key @returns {Promise<any>} undefined when there is nothing */
export async function kept({ database: name, store }, key) {
  const database = await opened(name);
  if (!database) return undefined;
  try {
    return database.objectStoreNames.contains(store) ? await value(database, store, key) : undefined;
  } finally {
    database.close();
  }
}

/** Null when there is none: one that is created here, in whatever form, would keep the SDK from making its own. */
function opened(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => (request.error?.name === 'AbortError' ? resolve(null) : reject(request.error));
  });
}

function value(database, store, key) {
  return new Promise((resolve, reject) => {
    const request = database.transaction(store).objectStore(store).get(key);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
