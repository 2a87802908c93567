// Where a place is: first a way to a point, then the point on the map, to be confirmed or moved.

import { html, nothing, ref } from '../../vendor/lit-html.js';
import { municipalities } from './municipality.js';
import { DIRECTIONS, Position, STEP } from './position.js';
import { waysToAPoint } from './ways.js';

const KEYS = { ArrowUp: 'north', ArrowDown: 'south', ArrowLeft: 'west', ArrowRight: 'east' };
const ZOOMS = { '+': 1, '=': 1, '-': -1 };
const STRIDE = 100; // metres, with Shift
const TOLD = 10; // metres; below, a cell is no better
const SURE = 50; // metres; above, somebody has to look whether the point is right
const ROUGH = 100; // metres; above, it is not

export class Placing {
  /** @type {any} */
  app;
  /** @type {boolean} */
  fixed;
  /** @type {import('./map.js').PlaceMap | null} */
  #map = null;
  /** @type {import('./municipality.js').Municipality[] | null} */
  #served = null; // null: being asked for; [] and more: known
  #failed = false;
  #unable = false;
  #looked = false; // the resident says that the point is right
  #note = '';
  /** @type {{name: string, metres: number} | null} */
  #near = null; // the street of the nearest house, once it is known
  /** @type {any} */
  position = null; // null: the way to a point is still to be chosen

  /** @param {{app: any, fixed?: boolean}} options `fixed`: the point comes from a link, other ways to one are not offered */
  constructor({ app, fixed = false }) {
    Object.assign(this, { app, fixed });
    this.ways = waysToAPoint({ app, onPoint: this.#chosen });
  }

  /** Whether the place can be saved: the point is known, and so is its municipality. */
  #isDoubtful = () => this.position.accuracy > SURE; // null once it was moved

  get ready() {
    return Boolean(this.position?.municipality) && (this.#looked || !this.#isDoubtful());
  }

  /** Without a network what reads the point may be missing; the ways stay as they are, to be tried again. */
  #chosen = async ({ lat, lng, accuracy }, note) => {
    this.#unable = false;
    await this.begin({ lat, lng }, accuracy, note).catch(() => {
      this.#unable = true;
      this.app.redraw();
    });
  };

  /** Shows a point to be confirmed. @param {number | null} accuracy metres */
  async begin(point, accuracy = null, note = '') {
    this.#note = note;
    this.#looked = false;
    this.#near = null;
    this.#served ??= await this.#ask();
    const position = new Position(this.#served ?? []);
    await position.start(point, accuracy);
    this.position = position;
    this.#changed(true);
    await Promise.resolve(); // drawn
    document.getElementById('place-point')?.focus();
  }

  close() {
    this.#map?.close();
    this.#map = null;
  }

  async #ask() {
    this.#failed = false;
    return municipalities().catch(() => {
      this.#failed = true;
      return null;
    });
  }

  #askAgain = async () => {
    const { point, accuracy } = this.position;
    await this.begin(point, accuracy, this.#note);
  };

  #mount = async (element) => {
    if (!element) return this.close();
    const { PlaceMap = null } = await import('./map.js').catch(() => /** @type {any} */ ({})); // words and buttons do without it
    if (!PlaceMap || this.#map || !element.isConnected) return undefined;
    this.#map = new PlaceMap(element, { words: this.app.words, onMove: (point) => this.#act(this.position.move(point)) });
    return this.#changed(true);
  };

  #changed(anew) {
    const { point, accuracy, served, municipality } = this.position;
    if (anew) this.#map?.outline(served.map(({ boundary }) => boundary));
    this.#map?.show(point, accuracy, anew);
    this.app.redraw();
    this.#map?.underlay(municipality?.terc, point).then((near) => this.#found(near, point));
  }

  #found(near, point) {
    if (point !== this.position?.point) return;
    this.#near = near;
    this.app.redraw();
  }

  async #act(change) {
    await change;
    this.#changed(false);
  }

  async #nudge(direction, metres = STEP) {
    await this.#act(this.position.nudge(direction, metres));
    this.app.say(this.app.words(`places.nudged.${direction}`, { metres }));
  }

  #onKey = (event) => {
    const direction = KEYS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !(direction || ZOOMS[event.key])) return;
    event.preventDefault();
    if (direction) this.#nudge(direction, event.shiftKey ? STRIDE : STEP);
    else this.#map?.zoom(ZOOMS[event.key]);
  };

  #otherWay = () => {
    this.position = null;
    this.app.redraw();
  };

  template() {
    if (this.position) return this.#confirming();
    return html`${this.#unable ? html`<p class="panel panel--bad" role="alert">${this.app.words('places.unable')}</p>` : nothing}
    ${this.ways.map((way) => way.template())}`;
  }

  #confirming() {
    const { words } = this.app;
    return html`<section class="place-confirm">
      <h2 class="govuk-heading-m" id="place-point" tabindex="-1">${words('places.point.title')}</h2>
      ${this.#note ? html`<p class="govuk-inset-text">${this.#note}</p>` : nothing}
      <p class="govuk-body" id="map-help">${words('places.map.help')}</p>
      <div
        class="place-map"
        tabindex="0"
        role="application"
        aria-label=${words('places.map.label')}
        aria-describedby="map-help"
        @keydown=${this.#onKey}
        ${ref(this.#mount)}
      ></div>
      ${this.#facts()} ${this.#doubt()} ${this.#nudges()} ${this.#municipality()}
      ${this.fixed
        ? nothing
        : html`<button type="button" class="govuk-button govuk-button--secondary" @click=${this.#otherWay}>
            ${words('places.point.other')}
          </button>`}
    </section>`;
  }

  /** What the map shows, in words. */
  #facts() {
    const { words } = this.app;
    const { point, accuracy, moved } = this.position;
    const text = `${point.lat.toFixed(5)}, ${point.lng.toFixed(5)}`;
    return html`<p class="govuk-body place-facts">
      <span data-fact="point">${words('places.point.at', { text })}</span>
      ${accuracy === null || accuracy < TOLD ? nothing : html`<br /><span data-fact="accuracy">${words('places.point.accuracy', { metres: accuracy })}</span>`}
      ${this.#near && !(accuracy > ROUGH) ? html`<br /><span data-fact="near">${words('places.point.near', this.#near)}</span>` : nothing}
      ${moved ? html`<br /><span data-fact="moved">${words('places.point.moved')}</span>` : nothing}
    </p>`;
  }

  /** Of a fix that is not sure, what has to be done before it can be saved. */
  #doubt() {
    const { words } = this.app;
    if (this.#looked || !this.#isDoubtful()) return nothing;
    const { accuracy } = this.position;
    return html`<div class="panel panel--warn" id="doubt" role="status">
      <p class="govuk-body">${words(accuracy > ROUGH ? 'places.rough' : 'places.unsure', { metres: accuracy })}</p>
      ${accuracy > ROUGH ? nothing : html`<button type="button" class="govuk-button govuk-button--secondary" id="looked" @click=${this.#isRight}>${words('places.unsure.right')}</button>`}
    </div>`;
  }

  #isRight = () => {
    this.#looked = true;
    this.app.redraw();
  };

  #nudges() {
    const { words } = this.app;
    const button = (direction) => html`<button
      type="button"
      class="place-nudge place-nudge--${direction}"
      @click=${() => this.#nudge(direction)}
    >
      ${words(`places.nudge.${direction}`)}
    </button>`;
    return html`<fieldset class="govuk-fieldset place-nudges">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${words('places.nudge', { metres: STEP })}</legend>
      <div class="place-nudges__buttons">
        ${Object.keys(DIRECTIONS).map(button)}
        ${this.position.moved
          ? html`<button type="button" class="place-nudge place-nudge--undo" @click=${() => this.#act(this.position.undo())}>
              ${words('places.nudge.undo')}
            </button>`
          : nothing}
      </div>
    </fieldset>`;
  }

  /** Announced when it changes: moving the point can lead out of the municipality. */
  #municipality() {
    const tone = this.position?.municipality ? 'panel--good' : 'panel--warn';
    return html`<div class="panel ${tone} place-municipality" role="status">${this.#failed ? this.#unknown() : this.#known()}</div>`;
  }

  #unknown() {
    const { words } = this.app;
    return html`<p class="govuk-body"><strong>${words('places.municipality.unknown')}</strong></p>
      <button type="button" class="govuk-button govuk-button--secondary" @click=${this.#askAgain}>${words('places.again')}</button>`;
  }

  #known() {
    const { words } = this.app;
    const { municipality } = this.position;
    if (municipality) return html`<p class="govuk-body">${words('places.municipality.in')} <strong>${municipality.name}</strong></p>`;
    return html`<p class="govuk-body"><strong>${words('places.municipality.none')}</strong></p>
      <p class="govuk-body">${words('places.municipality.none.do')}</p>
      <p class="govuk-body"><a class="govuk-link" href="/alerts">${words('places.municipality.list')}</a></p>`;
  }
}
