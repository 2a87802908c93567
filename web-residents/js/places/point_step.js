// The point on the map, to be confirmed or moved.

import { html, nothing, ref } from '../../vendor/lit-html.js';
import { municipalities } from './municipality.js';
import { municipalityPanel } from './municipality_panel.js';
import { pointFacts, ROUGH } from './point_facts.js';
import { DIRECTIONS, Position, STEP } from './position.js';
import { housesAt, streetsOf } from './street_map.js';

const KEYS = { ArrowUp: 'north', ArrowDown: 'south', ArrowLeft: 'west', ArrowRight: 'east' };
const ZOOMS = { '+': 1, '=': 1, '-': -1 };
const STRIDE = 100; // metres, with Shift
const SURE = 50; // metres; above, somebody has to look whether the point is right

export class PointStep {
  /** @type {any} */
  app;
  /** @type {import('./map.js').PlaceMap | null} */
  #map = null;
  #failed = false;
  #looked = false; // the resident says that the point is right
  #note = '';
  /** @type {ReturnType<typeof housesAt>} */
  #near = null; // once it is known
  /** @type {any} */
  position = null;

  /** @param {any} app */
  constructor(app) {
    this.app = app;
  }

  /** Shows a point to be confirmed. @param {import('./cells.js').Point} point @param {number | null} accuracy metres */
  async begin(point, accuracy = null, note = '') {
    this.#note = note;
    this.#looked = false;
    this.#near = null;
    const position = new Position((await this.#ask()) ?? []);
    await position.start(point, accuracy);
    this.position = position;
    this.#changed(true);
  }

  async #ask() {
    this.#failed = false;
    return municipalities().catch(() => {
      this.#failed = true;
      return null;
    });
  }

  #askAgain = () => this.begin(this.position.point, this.position.accuracy, this.#note);

  #isDoubtful = () => this.position.accuracy > SURE; // null once it was moved

  /** Whether the place can be saved: the point is known, and so is its municipality. */
  get ready() {
    return Boolean(this.position.municipality) && (this.#looked || !this.#isDoubtful());
  }

  get municipality() {
    return this.position.municipality;
  }

  /** As it is stored. */
  get place() {
    const { cell, accuracy } = this.position;
    return { cell, accuracy };
  }

  /** In words, for one who went back too far. */
  get name() {
    const { lat, lng } = this.position.point;
    return this.#near?.nearest.address ?? `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
  }

  close() {
    this.#map?.close();
    this.#map = null;
  }

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
    this.#map?.underlay(municipality?.terc);
    return this.#look(municipality?.terc, point);
  }

  /** What lies about the point, in words: whoever does not see the map has nothing else to check it by. */
  async #look(terc, point) {
    const streets = terc ? await streetsOf(terc).catch(() => null) : null;
    if (point !== this.position?.point) return;
    this.#near = housesAt(streets, point);
    this.app.redraw();
  }

  async #act(change) {
    await change;
    await this.#changed(false);
  }

  async #nudge(direction, metres = STEP) {
    await this.#act(this.position.nudge(direction, metres));
    const near = this.#near && this.app.words('places.point.near', this.#near.nearest);
    this.app.say([this.app.words(`places.nudged.${direction}`, { metres }), near].filter(Boolean).join(' '));
  }

  #onKey = (event) => {
    const direction = KEYS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !(direction || ZOOMS[event.key])) return;
    event.preventDefault();
    if (direction) this.#nudge(direction, event.shiftKey ? STRIDE : STEP);
    else this.#map?.zoom(ZOOMS[event.key]);
  };

  /** @param {unknown} other what leads to another way */
  template(other) {
    const { words } = this.app;
    return html`<section class="place-confirm">
      <h2 class="govuk-heading-m" id="place-point" tabindex="-1">${words('places.point.title')}</h2>
      ${this.#note ? html`<p class="govuk-inset-text">${this.#note}</p>` : nothing}
      <p class="govuk-body" id="map-help"><span class="by-touch">${words('places.map.help.touch')}</span><span class="by-mouse">${words('places.map.help')}</span></p>
      <div
        class="place-map"
        tabindex="0"
        role="application"
        aria-label=${words('places.map.label')}
        aria-describedby="map-help map-keys"
        @keydown=${this.#onKey}
        ${ref(this.#mount)}
      ></div>
      <p class="govuk-hint by-mouse" id="map-keys">${words('places.map.keys')}</p>
      ${pointFacts(this.position, this.#near, words)} ${this.#doubt()} ${this.#nudges()}
      ${municipalityPanel(this.position, words, this.#failed ? this.#askAgain : null)} ${other}
    </section>`;
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
}
