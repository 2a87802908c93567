// One push after the other, each once, however many ways it comes by.

const REMEMBERED = 200;

/**
 * With a visible window the Messaging SDK hands a push to the windows and shows nothing, whether or not one of
 * them listens; without one it calls the worker. So the worker takes every push itself, and what the SDK or a
 * page brings of the same message is known by its id.
 * @template T
 * @param {(data: Record<string, string>, begun: T) => Promise<any>} handle
 * @param {(data: Record<string, string>) => T} begin what need not wait for its turn: ten that come at once wait together
 * @returns {(id: string | undefined, data: Record<string, string>) => Promise<any>}
 */
export function inTurn(handle, begin) {
  const taken = new Map();
  let last = Promise.resolve();
  return (id, data) => {
    if (id && taken.has(id)) return taken.get(id);
    const begun = begin(data);
    const done = last.then(() => handle(data, begun));
    last = done.catch(() => {});
    if (id) taken.set(id, done);
    if (taken.size > REMEMBERED) taken.delete(taken.keys().next().value);
    return done;
  };
}
