// Follows one alert and its figures by one question, which costs next to nothing while nothing moves.

import * as alerts from '../api/alerts.js';
import { Problem } from '../api/request.js';
import { word } from '../api/vocabulary.js';
import { polling } from '../shell/polling.js';

const LIVE = 5000; // ms between two questions about an alert that is not over
const CALM = 15_000; // ms, once nothing of it has moved for a while
const CALM_AFTER = 300_000; // ms
const OVER = 60_000; // ms; phones confirm for a while after the end

const FINAL = [401, 403, 404]; // to ask again would change nothing

const paceOf = (state, quiet) => {
  if (!(word('states', state).open ?? true)) return OVER;
  return quiet > CALM_AFTER ? CALM : LIVE;
};

/**
 * @param {{id: string, state: string, started: string | null}} alert as it is shown
 * @param {{onNews: (watched: any) => void, onSame: (gathered: string | null) => void, onFailure: (error: unknown, final: boolean) => void}} told
 *   `onSame`: nothing moved, and when the figures were last gathered
 * @returns {{soon: () => void, close: () => void}}
 */
export function watchAlert({ id, state, started }, { onNews, onSame, onFailure }) {
  let known = { etag: /** @type {string | null} */ (null), state };
  let moved = performance.now();
  let closed = false;
  const ask = async () => {
    const { watched, gathered, etag } = await alerts.watch(id, known.etag);
    if (closed) return null;
    if (watched) {
      known = { etag, state: watched.alert.state };
      moved = performance.now();
      onNews(watched);
    } else {
      onSame(gathered);
    }
    return paceOf(known.state, performance.now() - moved);
  };
  const careful = () =>
    ask().catch((error) => {
      if (closed) return null;
      const final = error instanceof Problem && FINAL.includes(error.status);
      onFailure(error, final);
      if (final) return null;
      throw error;
    });
  const { soon, close } = polling(careful, started ? 0 : paceOf(state, 0));
  return {
    soon,
    close() {
      closed = true;
      close();
    },
  };
}
