// The form of one place, new or known: the point, the details, and saving them into a slot.

import { html, nothing } from '../../vendor/lit-html.js';

export class PlaceForm {
  /** @type {any} */
  app;
  /** @type {import('./placing.js').Placing} */
  placing;
  /** @type {import('./details.js').Details} */
  details;
  /** @type {() => Promise<string | null>} */
  slot;
  /** @type {(cell: string) => Promise<string | null>} */
  same;
  /** @type {any} */
  leave;
  #busy = false;
  /** @type {string | null} */
  #failure = null;

  /**
   * @param {{app: any, placing: import('./placing.js').Placing, details: import('./details.js').Details,
   *   slot: () => Promise<string | null>, same?: (cell: string) => Promise<string | null>, leave?: () => void}} options `slot`:
   *   where to write, null when all are taken; `same`: the name of a place that is there already; `leave`: goes on once it is saved
   */
  constructor({ app, placing, details, slot, same = async () => null, leave = () => app.go('/app/places', { replace: true }) }) {
    Object.assign(this, { app, placing, details, slot, same, leave });
  }

  #draw(change) {
    this.#busy = change.busy ?? this.#busy;
    this.#failure = change.failure ?? null;
    this.app.redraw();
  }

  #submit = async (event) => {
    event.preventDefault();
    const read = this.#busy || !this.placing.ready ? null : this.details.read();
    if (!read) return;
    this.#draw({ busy: true });
    const failure = await this.#save(read).catch(() => this.app.words('places.failed'));
    if (failure) this.#draw({ busy: false, failure });
  };

  /** @returns {Promise<string | null>} what went wrong */
  async #save(read) {
    const { savePlace } = await import('./store.js');
    const slot = await this.slot();
    if (!slot) return this.app.words('places.full');
    const { cell, accuracy, municipality } = this.placing.position;
    const same = await this.same(cell);
    if (same !== null) return this.app.words('places.same', { label: same });
    const done = await savePlace(this.app.session, slot, { ...read, cell, accuracy });
    this.app.showPlace(municipality.name);
    await this.placing.leave();
    this.leave();
    this.app.say(this.app.words(`places.saved.${done}`, { label: read.label }));
    return null;
  }

  template() {
    const { words } = this.app;
    const { placing } = this;
    if (!placing.position) return placing.template();
    return html`${placing.template()}
      <form novalidate @submit=${this.#submit}>
        ${placing.ready ? this.details.template() : nothing}
        ${this.#failure ? html`<p class="govuk-error-message" role="alert">${this.#failure}</p>` : nothing}
        ${placing.ready
          ? html`<button type="submit" class="govuk-button" aria-disabled=${this.#busy ? 'true' : nothing}>
              ${words(this.#busy ? 'places.saving' : 'places.save')}
            </button>`
          : nothing}
      </form>`;
  }
}
