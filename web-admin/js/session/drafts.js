// What was typed but not saved yet, kept in this browser through a reload or a lost network.

const PREFIX = 'draft:';
const keyOf = (uid, id) => `${PREFIX}${uid}:${id ?? 'new'}`;

/**
 * @param {string} uid
 * @param {string | null} id of the alert, null for a new one
 */
export function draftStore(uid, id) {
  const key = keyOf(uid, id);
  return {
    /** @returns {object | null} */
    read() {
      try {
        return JSON.parse(localStorage.getItem(key) ?? 'null');
      } catch {
        return null;
      }
    },
    /** @returns {boolean} whether it is kept: a full or forbidden storage must not stop the writing */
    write(draft) {
      try {
        localStorage.setItem(key, JSON.stringify({ ...draft, at: new Date().toISOString() }));
        return true;
      } catch {
        return false;
      }
    },
    clear() {
      localStorage.removeItem(key);
    },
  };
}

/** On signing out, nothing of one person stays for the next at the same computer. */
export function forgetDrafts(uid) {
  Object.keys(localStorage)
    .filter((key) => key.startsWith(`${PREFIX}${uid}:`))
    .forEach((key) => localStorage.removeItem(key));
}
