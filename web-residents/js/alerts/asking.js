// When the site is asked: at once, when somebody looks again, when there is a network again, when something came by push, and
// about once a minute for as long as somebody looks.

import { onPushed } from './pushed.js';

const PERIOD = 60_000; // ms
const AFTER_PUSH = 12_000; // ms; what a CDN gives just then may be ten seconds old
const FIRST_AGAIN = 10_000; // ms after a failure, twice as long after each further one
const LAST_AGAIN = 300_000; // ms
const CHANCE = 0.2; // as a part of the time, so that phones that began together do not go on together

/**
 * @param {() => Promise<unknown>} ask rejected when there was no answer
 * @returns {() => void} ends it
 */
export function keepAsking(ask) {
  const asking = new Asking(ask);
  return () => asking.close();
}

class Asking {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  failures = 0;
  busy = false;
  again = false; // something happened while it was asking
  soon = false; // what came by push may not be in the answer yet
  ended = new AbortController();

  constructor(ask) {
    this.ask = ask;
    const { signal } = this.ended;
    document.addEventListener('visibilitychange', this.turn, { signal });
    addEventListener('pageshow', this.turn, { signal });
    addEventListener('online', this.turn, { signal });
    this.stopPushed = onPushed(() => {
      this.soon = true;
      this.turn();
    });
    this.turn();
  }

  close() {
    this.ended.abort();
    this.stopPushed();
    clearTimeout(this.timer);
  }

  turn = async () => {
    clearTimeout(this.timer);
    if (this.ended.signal.aborted || document.visibilityState === 'hidden') return;
    this.again = this.busy;
    if (this.busy) return;
    this.busy = true;
    const answered = await this.ask().then(() => true, report);
    this.busy = false;
    this.failures = answered ? 0 : this.failures + 1;
    this.next();
  };

  next() {
    if (this.again) return void this.turn();
    if (this.ended.signal.aborted) return;
    this.timer = setTimeout(this.turn, byChance(pause(this.failures, this.soon)));
    this.soon = false;
  }
}

function report(error) {
  console.warn(error);
  return false;
}

/** @returns {number} ms until the next question, without the part of chance */
export function pause(failures, soon) {
  if (failures) return Math.min(FIRST_AGAIN * 2 ** (failures - 1), LAST_AGAIN);
  return soon ? AFTER_PUSH : PERIOD;
}

const byChance = (time) => time * (1 - CHANCE + 2 * CHANCE * Math.random());
