// What was typed but is not on the server yet, kept in this browser through a reload, a lost network or the end of a session.

const PREFIX = 'draft:';
const NEW = 'new';

/** @typedef {{slot: string, release: () => void}} Slot where a text is kept: an alert's id, or a place of its own */

/**
 * @param {string} uid
 * @param {string} slot
 */
export function draftStore(uid, slot) {
  const key = `${PREFIX}${uid}:${slot}`;
  return {
    /** @returns {any | null} */
    read: () => parsed(key),
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

function parsed(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

const ownSlot = () => `${NEW}-${crypto.randomUUID()}`;

/** Held by this tab as long as it writes there, where browsers can tell. @returns {Promise<(() => void) | null>} null: taken */
function hold(name) {
  if (!navigator.locks) return Promise.resolve(() => {});
  return new Promise((resolve) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null);
      return new Promise((release) => resolve(() => release(undefined)));
    });
  });
}

/**
 * A new alert's place, which no other tab writes to.
 * @param {string} uid
 * @param {string | null | undefined} wanted the place where a text waits that is to go on
 * @returns {Promise<Slot>}
 */
export async function claimSlot(uid, wanted) {
  const slot = wanted?.startsWith(NEW) ? wanted : ownSlot();
  const release = await hold(`${PREFIX}${uid}:${slot}`);
  return release ? { slot, release } : claimSlot(uid, null);
}

const addressOf = (slot) => (slot.startsWith(NEW) ? `/alerts/new?text=${encodeURIComponent(slot)}` : `/alerts/${slot}/edit`);

/** Whatever an older release, or somebody else, left there: no more of it is believed than is a text. */
const titleOf = ({ fields }) =>
  Object.values(Object(fields?.texts))
    .map((text) => text?.title)
    .find((title) => typeof title === 'string' && title.trim()) ?? '';

const isDated = (draft) => draft?.fields && !Number.isNaN(Date.parse(draft.at));

/** Texts of this person that wait in this browser, the newest first. @returns {{address: string, title: string, at: string}[]} */
export function unsavedDrafts(uid) {
  const prefix = `${PREFIX}${uid}:`;
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => {
      const draft = parsed(key);
      return isDated(draft) ? [{ address: addressOf(key.slice(prefix.length)), title: titleOf(draft), at: String(draft.at) }] : [];
    })
    .sort((one, other) => other.at.localeCompare(one.at));
}
