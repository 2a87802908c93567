// Asks the server again and again while somebody looks at the page: one question at a time, and gently when it fails.

import { Problem } from '../api/request.js';

const LEAST = 1000; // ms between two questions, however often a tab is looked at
const AFTER_FAILURE = 5000; // ms; doubled with each failure
const MOST = 60_000; // ms, of that
const SPREAD = 0.5; // of a wait after a failure, by chance: pages that lost the server together come back one by one

const afterFailure = (error, failures) => {
  const wait = Math.min(MOST, AFTER_FAILURE * 2 ** (failures - 1));
  const told = error instanceof Problem ? error.retryAfter * 1000 : 0;
  return Math.max(told, wait) * (1 + SPREAD * Math.random());
};

/**
 * A tab that nobody sees asks nothing; seen again, it asks at once when a question was due meanwhile.
 * @param {() => Promise<number | null>} ask resolves with the ms until the next question, null: there is none any more; a rejection is
 *   tried again, ever later
 * @param {number} first ms until the first question
 * @returns {{soon: () => void, close: () => void}} `soon`: as if the next question was due
 */
export function polling(ask, first) {
  let timer = 0;
  let asking = false;
  let over = false;
  let failures = 0;
  let last = -LEAST;
  let due = performance.now() + first;
  const plan = () => {
    clearTimeout(timer);
    if (over || asking || document.hidden) return;
    timer = setTimeout(run, Math.max(due, last + LEAST) - performance.now());
  };
  const waitAfter = async () => {
    try {
      const wait = await ask();
      failures = 0;
      over ||= wait === null;
      return wait ?? 0;
    } catch (error) {
      failures += 1;
      return afterFailure(error, failures);
    }
  };
  const run = async () => {
    asking = true;
    due = Infinity; // who wants it soon, while it is asked, wants it after that
    const wait = await waitAfter();
    asking = false;
    last = performance.now();
    due = Math.min(due, last + wait);
    plan();
  };
  const soon = () => {
    due = performance.now();
    plan();
  };
  const again = () => {
    failures = 0;
    soon();
  };
  document.addEventListener('visibilitychange', plan);
  addEventListener('online', again);
  plan();
  return {
    soon,
    close() {
      over = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', plan);
      removeEventListener('online', again);
    },
  };
}
