// Where a place is: first a way to a point, then the point on the map, to be confirmed or moved.

import { html, nothing, ref } from '../../vendor/lit-html.js';
import { BackSteps } from './back.js';
import { municipalities } from './municipality.js';
import { municipalityPanel } from './municipality_panel.js';
import { pointFacts, ROUGH } from './point_facts.js';
import { DIRECTIONS, Position, STEP } from './position.js';
import { housesAt, streetsOf } from './street_map.js';
import { waysToAPoint } from './ways.js';

const KEYS = { ArrowUp: 'north', ArrowDown: 'south', ArrowLeft: 'west', ArrowRight: 'east' };
const ZOOMS = { '+': 1, '=': 1, '-': -1 };
const STRIDE = 100; // metres, with Shift
const SURE = 50; // metres; above, somebody has to look whether the point is right

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
  /** @type {ReturnType<typeof housesAt>} */
  #near = null; // once it is known
  /** @type {BackSteps | null} */
  #steps = null; // once the view's first step is known
  /** @type {any} */
  #left = null; // the point that Back led away from
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
    this.#begun('ways');
    await this.begin({ lat, lng }, accuracy, note).then(
      () => this.#steps?.go('point'),
      () => {
        this.#unable = true;
        this.app.redraw();
      },
    );
  };

  #begun(first) {
    this.#steps ??= new BackSteps(first, this.#show);
  }

  /** After Back or Forward: the point is kept, to be gone on with. */
  #show = (step) => {
    if (step === 'point') this.position ??= this.#left;
    else [this.#left, this.position] = [this.position ?? this.#left, null];
    this.app.redraw();
    setTimeout(() => /** @type {HTMLElement | null} */ (document.querySelector(this.position ? '#place-point' : 'h1'))?.focus()); // drawn
  };

  /** Before another view replaces this one. */
  async leave() {
    await this.#steps?.leave();
  }

  /** Shows a point to be confirmed. @param {number | null} accuracy metres */
  async begin(point, accuracy = null, note = '') {
    this.#note = note;
    this.#looked = false;
    this.#near = null;
    this.#served ??= await this.#ask();
    const position = new Position(this.#served ?? []);
    await position.start(point, accuracy);
    this.position = position;
    this.#begun('point');
    this.#changed(true);
    await Promise.resolve(); // drawn
    document.getElementById('place-point')?.focus();
  }

  close() {
    this.#steps?.close();
    this.#unmount();
  }

  #unmount() {
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
    if (!element) return this.#unmount();
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

  #otherWay = () => {
    this.#steps?.go('ways');
    this.#show('ways');
  };

  #goOn = () => {
    this.#steps?.go('point');
    this.#show('point');
  };

  template() {
    if (this.position) return this.#confirming();
    return html`${this.#left ? this.#kept() : nothing} ${this.#unable ? html`<p class="panel panel--bad" role="alert">${this.app.words('places.unable')}</p>` : nothing}
    ${this.ways.map((way) => way.template())}`;
  }

  /** The point that was left, for one who went back too far. */
  #kept() {
    const { words } = this.app;
    const { lat, lng } = this.#left.point;
    return html`<div class="panel" id="kept-point">
      <p class="govuk-body">${words('places.kept', { text: this.#near?.nearest.address ?? `${lat.toFixed(5)}, ${lng.toFixed(5)}` })}</p>
      <button type="button" class="govuk-button govuk-button--secondary" @click=${this.#goOn}>${words('places.kept.on')}</button>
    </div>`;
  }

  #confirming() {
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
      ${municipalityPanel(this.position, words, this.#failed ? this.#askAgain : null)}
      ${this.fixed
        ? nothing
        : html`<button type="button" class="govuk-button govuk-button--secondary" @click=${this.#otherWay}>
            ${words('places.point.other')}
          </button>`}
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
