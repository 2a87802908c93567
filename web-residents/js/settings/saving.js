// How far a change has come: saved only when the server has said so.

const SLOW = 4000; // ms without an answer after which a change is said to wait

/**
 * @param {(state: string) => void} changed called whenever `state` is another
 * @returns {{state: () => string, save: (write: () => Promise<unknown>) => Promise<void>}}
 *   the state: "", saving, saved, queued or refused
 */
export function createSaving(changed) {
  let state = '';
  let last = 0;

  function become(next, number) {
    if (number !== last) return;
    state = next;
    changed(next);
  }

  async function save(write) {
    const number = ++last;
    become(navigator.onLine ? 'saving' : 'queued', number);
    const slow = setTimeout(() => become('queued', number), SLOW);
    await write().then(
      () => become('saved', number),
      () => become('refused', number),
    );
    clearTimeout(slow);
  }

  return { state: () => state, save };
}
