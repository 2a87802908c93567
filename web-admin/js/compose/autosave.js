// A draft saves itself: some time after the last key, at the latest some time after the first, and when one leaves.

export const PAUSE = 10_000; // ms without a change
export const LONGEST = 30_000; // ms of changes
const RETRY = 15_000; // ms after a failure

/**
 * @typedef {{state: "none" | "waiting" | "saving" | "saved" | "partly" | "local", at: Date | null}} DraftState
 */

export class Autosave {
  /** @type {DraftState} */
  told = { state: 'none', at: null };
  /** @type {any} */
  #timer;
  #since = 0;
  #dirty = false;
  /** @type {Promise<void> | null} */
  #running = null;
  #save;
  #tell;
  #stopped = false;
  #closed = false;

  /**
   * @param {() => Promise<"saved" | "partly" | "none">} save what there is; rejects when it could not
   * @param {(told: DraftState) => void} tell
   */
  constructor(save, tell) {
    this.#save = save;
    this.#tell = tell;
    document.addEventListener('visibilitychange', this.#hidden);
    addEventListener('online', this.#again);
  }

  #hidden = () => document.hidden && this.flush();
  #again = () => this.#dirty && this.flush();

  /** Something changed. */
  touch() {
    if (this.#stopped) return;
    if (!this.#dirty) this.#since = Date.now();
    this.#dirty = true;
    this.#say('waiting');
    this.#plan(Math.min(PAUSE, Math.max(0, this.#since + LONGEST - Date.now())));
  }

  #plan(wait) {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(() => this.flush(), wait);
  }

  #say(state, at = this.told.at) {
    this.told = { state, at };
    this.#tell(this.told);
  }

  /** Saves now what is not saved yet; one save follows the other. @returns {Promise<void>} */
  async flush() {
    clearTimeout(this.#timer);
    await this.#running;
    if (!this.#dirty || this.#stopped) return;
    this.#running = this.#run();
    await this.#running;
    this.#running = null;
  }

  async #run() {
    this.#dirty = false;
    this.#say('saving');
    try {
      const outcome = await this.#save();
      this.#say(outcome, outcome === 'none' ? null : new Date());
    } catch {
      this.#dirty = true;
      this.#say('local');
      if (!this.#stopped) this.#plan(RETRY);
    }
  }

  /** Whether something was typed since the last save. */
  get dirty() {
    return this.#dirty;
  }

  /** Nothing more is saved by itself; resolves when what was under way is over. */
  async stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** After `stop`, when what stood in the way was settled. */
  resume() {
    this.#stopped = false;
  }

  /** Nothing is tried again: another person may be signed in by then. */
  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#hidden);
    removeEventListener('online', this.#again);
  }
}
