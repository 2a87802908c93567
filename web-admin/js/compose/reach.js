// How many an area reaches, asked for shortly after it stops changing.

import { reach } from '../api/alerts.js';

const PAUSE = 600; // ms

/**
 * @typedef {{status: "none"} | {status: "busy"} | {status: "known", figures: {residents: number, phones: number,
 *   places: number, exact: boolean}} | {status: "failed", error: Error}} Reach
 */

/**
 * @param {(state: Reach) => void} listener
 * @param {number} pause ms without a change before the API is asked
 */
export function createReach(listener, pause = PAUSE) {
  let timer;
  let running = new AbortController();

  const ask = async (geometry, signal) => {
    try {
      const figures = await reach(geometry, signal);
      if (!signal.aborted) listener({ status: 'known', figures });
    } catch (error) {
      if (!signal.aborted) listener({ status: 'failed', error });
    }
  };

  const stop = () => {
    clearTimeout(timer);
    running.abort();
    running = new AbortController();
  };

  return {
    /** @param {object | null} geometry null when there is no area */
    about(geometry) {
      stop();
      listener({ status: geometry ? 'busy' : 'none' });
      const { signal } = running;
      if (geometry) timer = setTimeout(() => ask(geometry, signal), pause);
    },
    close: stop,
  };
}
