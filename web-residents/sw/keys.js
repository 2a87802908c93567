// The keys by which a municipality's alerts are believed: those that this phone keeps with the list of municipalities.

const ADDRESS = '/municipalities.json'; // kept by cache.js

/**
 * One that the phone does not know is looked for once more at the site: it may be new.
 * @param {string} terc @param {string} key its id
 * @param {(address: string) => Promise<any>} ask the site; rejects when it does not answer
 * @returns {Promise<any>} the municipality, as js/verify takes it; undefined when there is none
 */
export async function whoSigns(terc, key, ask) {
  const known = municipality(await copy().catch(() => null), terc);
  return known?.keys?.some(({ id }) => id === key) ? known : municipality(await ask(ADDRESS), terc);
}

const copy = async () => (await caches.match(ADDRESS, { ignoreVary: true }))?.json();

const municipality = (list, terc) => list?.municipalities?.find((one) => one.terc === terc);
