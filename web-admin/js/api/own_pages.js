// What the panel has for the caller, as the API says it.

/** @param {{pages?: string[]} | null} me @param {string} page "alerts", "people" ... */
export const sees = (me, page) => Boolean(me?.pages?.includes(page));
