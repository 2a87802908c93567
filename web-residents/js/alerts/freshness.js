// How old what is shown may be: since when the server has not been heard of. And redraws as time passes.

const PATIENCE = 5_000; // ms in which the server usually answers after a start
const TICK = 20_000; // ms; alerts end by the clock

/**
 * @param {{local: Function, redraw: () => void}} app
 * @returns {{since: number | null, heard: (fromPhone: boolean) => void, close: () => void}} `since`: ms, when what is
 *   shown was true the last time; null while it is true now
 */
export function keepFresh(app) {
  const kept = app.local('fresh');
  let last = null; // when the server was heard of
  let fromPhone = true;
  let patient = true;
  kept.get().then((time) => (last ??= time ?? null));

  const heard = (now) => {
    fromPhone = now;
    if (fromPhone) return;
    last = Date.now();
    kept.set(last);
  };
  const tick = () => {
    patient = false;
    if (!fromPhone && navigator.onLine) heard(false);
    app.redraw();
  };
  const timers = [setInterval(tick, TICK), setTimeout(tick, PATIENCE)];
  const ended = new AbortController();
  for (const name of ['online', 'offline']) addEventListener(name, () => app.redraw(), { signal: ended.signal });
  return {
    get since() {
      const stale = !navigator.onLine || (fromPhone && !patient);
      return stale ? last : null;
    },
    heard,
    close() {
      timers.forEach(clearTimeout);
      ended.abort();
    },
  };
}
