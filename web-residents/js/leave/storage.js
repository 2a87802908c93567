// What the browser stores for this site: the app's own and what the Firebase SDK keeps.

/** A database that is still open goes when the last page or worker with it does, and so does the worker. */
export async function forgetStorage() {
  localStorage.clear();
  sessionStorage.clear();
  await Promise.allSettled([forgetWorkers(), forgetCaches(), forgetDatabases()]);
}

async function forgetWorkers() {
  const known = await navigator.serviceWorker.getRegistrations();
  await Promise.all(known.map((registration) => registration.unregister()));
}

async function forgetCaches() {
  const names = await caches.keys();
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function forgetDatabases() {
  const known = await indexedDB.databases();
  known.forEach(({ name }) => name && indexedDB.deleteDatabase(name));
}
