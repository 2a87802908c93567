// How many an alert reaches, asked for shortly after its area, or what else decides it, stops changing.

import { reach } from '../api/alerts.js';
import { toApi } from '../time/warsaw.js';
import { soundsLater } from './content.js';
import { instantOf } from './instants.js';

const PAUSE = 600; // ms

/**
 * Of few people a figure is null; `limited`: asked too often, so that there are none.
 * @typedef {{addresses: number | null, limited: boolean, residents?: number | null, phones?: number | null,
 *   exact?: boolean, muted?: number | null, wakes?: number | null, covers?: any, outline?: object | null,
 *   coverage?: import('./coverage_words.js').AreaCoverage | null}} Figures `covers`: by name
 * @typedef {{status: "none"} | {status: "busy"} | {status: "known", figures: Figures} | {status: "failed", error: unknown}} Reach
 */

const typed = (moment) => {
  const instant = instantOf(moment);
  return instant && toApi(instant);
};

/**
 * What the form says so far of who gets the alert and who hears it; null until it can be told.
 * @param {import('./content.js').Fields} fields
 */
export const announcedOf = (fields) =>
  fields.values.category && fields.values.severity
    ? {
        category: fields.values.category,
        severity: fields.values.severity,
        exercise: fields.values.exercise,
        send_at: fields.when === 'later' ? typed(fields.values.send_at) : null,
        sound_at: soundsLater(fields) ? typed(fields.values.sound_at) : null,
      }
    : null;

/**
 * @param {(state: Reach) => void} listener
 * @param {number} pause ms without a change before the API is asked
 */
export function createReach(listener, pause = PAUSE) {
  let timer;
  let running = new AbortController();

  const ask = async (where, announced, signal) => {
    try {
      const figures = await reach(where, announced, signal);
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
    /**
     * @param {{area: object} | {parts: object[]} | null} where null when there is no area
     * @param {ReturnType<typeof announcedOf>} announced
     */
    about(where, announced) {
      stop();
      listener({ status: where ? 'busy' : 'none' });
      const { signal } = running;
      if (where) timer = setTimeout(() => ask(where, announced, signal), pause);
    },
    close: stop,
  };
}
