// What the approver must have before them: how many it reaches, and the area on the map. What does not come is named.

import { reach } from '../api/alerts.js';

/** As it is kept: by name where it was chosen so. */
const whereOf = ({ parts, area }) => (parts?.length ? { parts } : { area });

export const PATIENCE = 5000; // ms; then approving goes on without

const PARTS = ['reach', 'map'];

/** What an approval decides: it is asked about anew when one of these changes. */
const decided = (alert) => JSON.stringify([alert.version, alert.area, alert.parts, alert.category, alert.severity, alert.send_at, alert.sound_at]);

export class Seen {
  /** @type {Record<string, "busy" | "known" | "failed">} */
  states = { reach: 'busy', map: 'busy' };
  /** @type {any} */
  figures = null;
  late = false;
  #draw;
  /** @type {any} */
  #timer;
  #about = '';

  /** @param {() => void} draw */
  constructor(draw) {
    this.#draw = draw;
  }

  /** Asks how many the alert reaches, unless that is known of it as it is. */
  about(alert) {
    if (decided(alert) === this.#about) return;
    this.#about = decided(alert);
    Object.assign(this, { late: false, figures: null });
    this.states.reach = 'busy';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.late = true;
      this.#draw();
    }, PATIENCE);
    this.#ask(alert, this.#about);
  }

  async #ask(alert, about) {
    const figures = await reach(whereOf(alert), alert).catch(() => null);
    if (about !== this.#about) return;
    this.figures = figures;
    this.tell('reach', figures ? 'known' : 'failed');
  }

  /** Of an alert whose area has other addresses than were confirmed: what the server counts now. @param {number} addresses */
  recount(addresses) {
    this.figures = { ...this.figures, addresses };
    this.#draw();
  }

  /** The number to confirm, as it is shown; null where there was none. @returns {{addresses: number | null, residents: number | null, phones: number | null} | null} */
  get number() {
    if (!this.figures) return null;
    const { addresses = null, residents = null, phones = null } = this.figures;
    return { addresses, residents, phones };
  }

  /** @param {string} part @param {"known" | "failed"} state */
  tell(part, state) {
    this.states[part] = state;
    this.#draw();
  }

  /** Whether everything came, or was waited for long enough. */
  get ready() {
    return this.late || PARTS.every((part) => this.states[part] !== 'busy');
  }

  /** What did not come, as the API calls it. @returns {string[]} */
  get unseen() {
    return PARTS.filter((part) => this.states[part] === 'failed' || (this.late && this.states[part] === 'busy'));
  }

  close() {
    clearTimeout(this.#timer);
    this.#about = '';
  }
}
