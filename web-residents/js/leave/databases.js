// The browser's databases of this site: the app's own and those of the Firebase SDK.

/** One that is still open goes when the last page or worker with it does. */
export async function forgetDatabases() {
  const known = (await indexedDB.databases?.()) ?? [];
  known.forEach(({ name }) => indexedDB.deleteDatabase(name));
}
