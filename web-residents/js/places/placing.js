// Where a place is: first a way to it, by name before all others, then what was found, to be confirmed.

import { html, nothing } from '../../vendor/lit-html.js';
import { addressOf } from '../address/address.js';
import { libraryOf } from '../address/library.js';
import { nearest } from '../address/nearest.js';
import { BackSteps } from './back.js';
import { ByName } from './by_name.js';
import { centreOf } from './cells.js';
import { MapStep } from './map_step.js';
import { municipalities, municipalitiesNear } from './municipality.js';
import { nearStep } from './near_step.js';
import { Picked } from './picked.js';
import { PointStep } from './point_step.js';
import { ByCoordinates, ByLocation } from './ways.js';
import { findWhole } from './whole.js';

const NEAR = 60; // metres about where the phone is, or as far as it may be wrong
const ROUGH = 100; // metres; a fix that is less sure names no address
const MOST_NEAR = 4;

/** @typedef {"ways" | "number" | "near" | "map" | "point" | "address"} Step of the view */
/** @typedef {PointStep | Picked} Chosen */

export class Placing {
  /** @type {any} */
  app;
  /** @type {boolean} */
  fixed;
  /** @type {Step} */
  #step = 'ways';
  #unable = false;
  /** @type {BackSteps | null} */
  #steps = null; // once the view's first step is known
  /** @type {Record<string, any>} */
  #parts = {}; // what the steps show, kept for Back and Forward
  /** @type {Chosen | null} */
  #left = null; // what Back led away from
  /** @type {ByName | null} */
  #byName = null;

  /** @param {{app: any, fixed?: boolean}} options `fixed`: the place comes from a link, other ways to one are not offered */
  constructor({ app, fixed = false }) {
    Object.assign(this, { app, fixed });
    this.byLocation = new ByLocation({ app, onPoint: this.#located });
    this.byCoordinates = new ByCoordinates({ app, onPoint: this.#pointed });
  }

  get byName() {
    const [onAddress, onWhole, onMap] = [this.#picked, this.#pickedWhole, this.#mapped];
    this.#byName ??= new ByName({ app: this.app, go: this.#go, onLink: (path) => this.app.go(path), onAddress, onWhole, onMap });
    return this.#byName;
  }

  /** @returns {Chosen | null} null: the way to a place is still to be chosen */
  get chosen() {
    return ['point', 'address'].includes(this.#step) ? this.#parts[this.#step] : null;
  }

  /** Whether it was picked by name, and not as a point. */
  get byRegister() {
    return this.chosen instanceof Picked;
  }

  /** Whether the place can be saved. */
  get ready() {
    return Boolean(this.chosen?.ready);
  }

  /** A point of a place that is there already, or of a link. @param {number | null} accuracy metres */
  async begin(point, accuracy = null, note = '') {
    const step = new PointStep(this.app);
    await step.begin(point, accuracy, note);
    this.#start('point', step);
  }

  /** A place that is there already, as it was picked; as a point where the register does not know it. @param {import('./store.js').Place} place */
  async beginAt(place) {
    const picked = await this.#known(place).catch(() => null);
    if (picked) this.#start('address', picked);
    else if (place.cell) await this.begin(await centreOf(place.cell), place.accuracy);
  }

  /** @param {import('./store.js').Place} place */
  async #known({ codes, whole }) {
    const found = codes || whole ? await municipalities() : [];
    if (whole) {
      const where = await findWhole(whole, found);
      return where && Picked.whole(this.app, where.municipality, where.locality);
    }
    const municipality = found.find(({ terc }) => terc === codes?.terc);
    const library = municipality ? await libraryOf(municipality.terc) : null;
    const address = library && codes ? await addressOf(library, codes) : null;
    return library && address && (!codes?.number || address.house) ? Picked.address(this.app, library, address, municipality) : null;
  }

  /** The view begins with it. @param {Step} step @param {Chosen} chosen */
  #start(step, chosen) {
    this.#parts[step] = chosen;
    this.#begun(step);
    this.#show(step);
  }

  #begun(first) {
    this.#steps ??= new BackSteps(first, this.#show);
  }

  /** Shows the next step, to which Back leads again. @param {string} step */
  #go = (step) => {
    this.#begun('ways');
    this.#steps?.go(step);
    this.#show(step);
  };

  /** @param {string} step */
  #show = (step) => {
    this.#left = this.chosen ?? this.#left;
    this.#step = this.#parts[step] || step === 'number' ? /** @type {Step} */ (step) : 'ways';
    if (this.#step === 'ways') this.#byName?.reset();
    this.app.redraw();
    setTimeout(() => /** @type {HTMLElement | null} */ (document.querySelector('#place-point') ?? document.querySelector('h1'))?.focus()); // drawn
  };

  /** Without a network what reads a place may be missing; the ways stay as they are, to be tried again. @param {() => Promise<void>} work */
  async #attempt(work) {
    this.#unable = false;
    await work().catch((error) => {
      console.error(error);
      this.#unable = true;
      this.app.redraw();
    });
  }

  #pointed = ({ lat, lng, accuracy }, note) =>
    this.#attempt(async () => {
      const step = new PointStep(this.app);
      await step.begin({ lat, lng }, accuracy, note);
      this.#parts.point = step;
      this.#go('point');
    });

  /** Where the phone is: the addresses about it by name, if it is sure enough and there are some. */
  #located = (point) =>
    this.#attempt(async () => {
      const found = point.accuracy > ROUGH ? [] : await this.#about(point).catch(() => []);
      if (!found.length) return this.#pointed(point);
      const onAddress = (address) => {
        const { library, municipality } = found.find((one) => one.address === address) ?? found[0];
        this.#picked(library, address, municipality);
      };
      this.#parts.near = nearStep({ app: this.app, found, onAddress, onNone: () => this.#pointed(point) });
      return this.#go('near');
    });

  async #about(point) {
    const towns = municipalitiesNear(await municipalities(), point, Math.max(NEAR, point.accuracy));
    const each = await Promise.all(towns.map((municipality) => this.#aboutIn(municipality, point)));
    return each.flat().sort((one, other) => one.metres - other.metres).slice(0, MOST_NEAR);
  }

  async #aboutIn(municipality, point) {
    const library = await libraryOf(municipality.terc);
    const found = library ? await nearest(library, point, Math.max(NEAR, point.accuracy), MOST_NEAR) : [];
    return found.map((one) => ({ ...one, library, municipality }));
  }

  #picked = (library, address, municipality) =>
    this.#attempt(async () => {
      this.#parts.address = await Picked.address(this.app, library, address, municipality);
      this.#go('address');
    });

  #pickedWhole = (municipality, locality) => {
    this.#parts.address = Picked.whole(this.app, municipality, locality);
    this.#go('address');
  };

  #mapped = (library, municipality, houses) => {
    const onAddress = (address) => this.#picked(library, address, municipality);
    this.#parts.map = new MapStep({ app: this.app, library, municipality, houses, onAddress, onPoint: this.#pointed });
    this.#go('map');
  };

  /** Before another view replaces this one. */
  async leave() {
    await this.#steps?.leave();
  }

  close() {
    this.#steps?.close();
    for (const part of Object.values(this.#parts)) part?.close();
  }

  template() {
    if (this.chosen) return this.chosen.template(this.other());
    const part = this.#parts[this.#step];
    if (part) return part.template();
    return this.#step === 'number' ? this.byName.template() : this.#ways();
  }

  /** What leads to another way. */
  other() {
    if (this.fixed) return nothing;
    return html`<button type="button" class="govuk-button govuk-button--secondary" id="other-way" @click=${() => this.#go('ways')}>
      ${this.app.words('places.point.other')}
    </button>`;
  }

  #ways() {
    const { words } = this.app;
    return html`${this.#left ? this.#kept(this.#left) : nothing}
      ${this.#unable ? html`<p class="panel panel--bad" role="alert">${words('places.unable')}</p>` : nothing} ${this.byName.template()}
      ${this.byLocation.template()}
      <details class="govuk-details" id="other-ways">
        <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${words('places.others')}</span></summary>
        <div class="govuk-details__text">${this.byName.wholes()} ${this.byCoordinates.template()}</div>
      </details>`;
  }

  /** What was left, for one who went back too far. @param {Chosen} chosen */
  #kept(chosen) {
    const { words } = this.app;
    const step = chosen === this.#parts.point ? 'point' : 'address';
    return html`<div class="panel" id="kept-point">
      <p class="govuk-body">${words('places.kept', { text: chosen.name })}</p>
      <button type="button" class="govuk-button govuk-button--secondary" @click=${() => this.#go(step)}>${words('places.kept.on')}</button>
    </div>`;
  }
}
