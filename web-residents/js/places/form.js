// The form of one place, new or known: where it is, the details, and saving them into a slot.

import { html, nothing } from '../../vendor/lit-html.js';
import { ask, permission } from '../receive/permission.js';

export class PlaceForm {
  /** @type {any} */
  app;
  /** @type {import('./placing.js').Placing} */
  placing;
  /** @type {import('./details.js').Details} */
  details;
  /** @type {() => Promise<string | null>} */
  slot;
  /** @type {(place: {cell?: string, whole?: any}) => Promise<string | null>} */
  same;
  /** @type {(receives: boolean) => unknown} */
  leave;
  /** @type {boolean} */
  asks;
  #busy = false;
  /** @type {string | null} */
  #failure = null;

  /**
   * @param {{app: any, placing: import('./placing.js').Placing, details: import('./details.js').Details,
   *   slot: () => Promise<string | null>, same?: (place: any) => Promise<string | null>, leave?: (receives: boolean) => void,
   *   asks?: boolean}} options `slot`: where to write, null when all are taken; `same`: the name of a place that is there already;
   *   `leave`: goes on once it is saved; `asks`: for notifications along with it, where nobody was asked for them yet
   */
  constructor({ app, placing, details, slot, same = async () => null, leave = () => app.go('/app/places', { replace: true }), asks = false }) {
    Object.assign(this, { app, placing, details, slot, same, leave, asks });
  }

  #draw(change) {
    this.#busy = change.busy ?? this.#busy;
    this.#failure = change.failure ?? null;
    this.app.redraw();
  }

  /** The browser answers only to a press, so it is asked before anything is waited for. */
  #submit = async (event) => {
    event.preventDefault();
    const read = this.#busy || !this.placing.ready ? null : this.details.read();
    if (!read) return;
    const asking = this.#mayAsk && event.submitter?.id !== 'save-only' ? ask() : null;
    this.#draw({ busy: true });
    const failure = await this.#save(read, asking).catch((error) => (console.error(error), this.app.words('places.failed')));
    if (failure) this.#draw({ busy: false, failure });
  };

  get #mayAsk() {
    return this.asks && permission() === 'default';
  }

  /** @param {Promise<unknown> | null} asking @returns {Promise<string | null>} what went wrong */
  async #save(read, asking) {
    const { savePlace } = await import('./store.js');
    const slot = await this.slot();
    if (!slot) return this.app.words('places.full');
    const { place, municipality } = /** @type {import('./placing.js').Chosen} */ (this.placing.chosen);
    const same = await this.same(place);
    if (same !== null) return this.app.words('places.same', { label: same });
    const done = await savePlace(this.app.session, slot, { ...read, ...place });
    await asking;
    this.app.showPlace(municipality.name);
    await this.placing.leave();
    this.leave(permission() === 'granted');
    this.app.say(this.app.words(`places.saved.${done}`, { label: read.label }));
    return null;
  }

  template() {
    const { placing } = this;
    if (!placing.chosen) return placing.template();
    return html`${placing.template()}
      <form novalidate @submit=${this.#submit}>
        ${placing.ready ? this.details.names() : nothing}
        ${this.#failure ? html`<p class="govuk-error-message" role="alert">${this.#failure}</p>` : nothing}
        ${placing.ready ? this.#buttons() : nothing} ${placing.ready ? this.details.more() : nothing}
      </form>
      ${placing.byRegister ? placing.other() : nothing}`;
  }

  #buttons() {
    const { words } = this.app;
    const name = this.#mayAsk ? 'places.save.receive' : 'places.save';
    return html`<div class="button-row">
      <button type="submit" class="govuk-button" id="save" aria-disabled=${this.#busy ? 'true' : nothing}>${words(this.#busy ? 'places.saving' : name)}</button>
      ${this.#mayAsk ? html`<button type="submit" class="govuk-button govuk-button--secondary" id="save-only">${words('places.save.only')}</button>` : nothing}
    </div>`;
  }
}
