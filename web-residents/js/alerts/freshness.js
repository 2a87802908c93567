// How old what is shown may be: since when a server has not been heard of. And redraws as time passes.

const PATIENCE = 5_000; // ms in which the server usually answers after a start
const TICK = 20_000; // ms; alerts end by the clock
const LIVE = 180_000; // ms; the site is asked about once a minute for as long as somebody looks
const EVER = 'ever'; // the key of what is no municipality's

/**
 * @param {{local: Function, redraw: () => void}} app
 * @returns {{since: number | null, known: boolean, waiting: boolean, heard: (fromPhone: boolean, tercs?: string[]) => void, close: () => void}}
 *   `since`: ms, when what is shown was true the last time; null while it is true now; `known`: it is, or was then, what
 *   the server said of all these municipalities; `waiting`: the server may still answer, it has not been long
 */
export function keepFresh(app) {
  const kept = app.local('fresh');
  let times = /** @type {Record<string, number>} */ ({}); // terc -> when the server was heard of it
  let shown = [EVER];
  let fromPhone = true;
  let patient = true;
  kept.get().then((found) => {
    if (found && typeof found === 'object') times = { ...found, ...times };
    app.redraw();
  });

  const heard = (now, tercs = [EVER]) => {
    [fromPhone, shown] = [now, tercs.length ? tercs : [EVER]];
    if (fromPhone) return;
    for (const terc of shown) times[terc] = Date.now();
    kept.set(times);
  };
  const tick = () => {
    patient = false;
    app.redraw();
  };
  const timers = [setInterval(tick, TICK), setTimeout(tick, PATIENCE)];
  const ended = new AbortController();
  for (const name of ['online', 'offline']) addEventListener(name, () => app.redraw(), { signal: ended.signal });
  const oldest = () => Math.min(...shown.map((terc) => times[terc] ?? 0));
  return {
    get since() {
      const silent = shown[0] !== EVER && Date.now() - oldest() > LIVE; // the phone slept
      const stale = !navigator.onLine || (fromPhone ? !patient : silent);
      return stale ? oldest() || null : null;
    },
    get known() {
      return !fromPhone || (!this.waiting && oldest() > 0);
    },
    get waiting() {
      return fromPhone && patient && navigator.onLine;
    },
    heard,
    close() {
      timers.forEach(clearTimeout);
      ended.abort();
    },
  };
}
