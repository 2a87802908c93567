// One push after the other, each once, however many ways it comes by.

const REMEMBERED = 200;

/**
 * With a visible window the Messaging SDK hands a push to the windows and shows nothing, whether or not one of
 * them listens; without one it calls the worker. So the worker takes every push itself, and what the SDK or a
 * page brings of the same message is known by its id.
 * @param {(data: Record<string, string>) => Promise<any>} handle
 * @returns {(id: string | undefined, data: Record<string, string>) => Promise<any>}
 */
export function inTurn(handle) {
  const taken = new Map();
  let last = Promise.resolve();
  return (id, data) => {
    if (id && taken.has(id)) return taken.get(id);
    const done = last.then(() => handle(data));
    last = done.catch(() => {});
    if (id) taken.set(id, done);
    if (taken.size > REMEMBERED) taken.delete(taken.keys().next().value);
    return done;
  };
}
