// /app/places: my places, where alerts would concern me.

import { html, nothing, repeat } from '../../vendor/lit-html.js';
import { nameOf } from './label.js';
import { ask } from '../shell/dialog.js';
import { isDone } from '../shell/steps.js';
import { date } from '../shell/times.js';
import { centreOf } from './cells.js';
import { municipalities, municipalityAt } from './municipality.js';
import { housesAt, streetsOf } from './street_map.js';
import { freeSlot, removePlace, SLOTS, watchPlaces } from './store.js';

export async function open(app) {
  const list = new PlaceList(app);
  await list.started;
  return list;
}

class PlaceList {
  #places = [];
  #names = new Map(); // of municipalities by cell; null: none
  #houses = new Map(); // the nearest by cell
  #unreachable = false;
  #stop;

  constructor(app) {
    this.app = app;
    this.started = new Promise((/** @type {(started?: undefined) => void} */ resolve, reject) => {
      const changed = (places) => {
        this.#places = places;
        if (places.length) isDone('place');
        this.#name(places).catch(() => this.#unnamed());
        resolve();
      };
      this.#stop = watchPlaces(app.session, changed, reject);
    });
  }

  title = () => this.app.words('places.title');

  close = () => this.#stop();

  /** The places stand there at once; their municipalities follow. */
  async #name(places) {
    this.app.redraw();
    const served = await municipalities();
    this.#unreachable = false;
    const cells = places.map(({ cell }) => cell).filter(Boolean);
    await Promise.all(cells.map((cell) => this.#lookAt(cell, served)));
    if (places === this.#places) this.app.showPlace(cells.map((cell) => this.#names.get(cell)).find(Boolean));
    this.app.redraw();
  }

  async #lookAt(cell, served) {
    const centre = await centreOf(cell);
    const municipality = municipalityAt(served, centre);
    this.#names.set(cell, municipality?.name ?? null);
    if (municipality && !this.#houses.has(cell)) this.#findHouse(cell, municipality.terc, centre).catch(console.error);
  }

  /** By its house one tells a place from another of the same name. */
  async #findHouse(cell, terc, centre) {
    this.#houses.set(cell, housesAt(await streetsOf(terc), centre)?.nearest ?? null);
    this.app.redraw();
  }

  #unnamed() {
    this.#unreachable = true;
    this.app.redraw();
  }

  #remove = async (place) => {
    const { words } = this.app;
    const label = this.#label(place);
    const question = { title: words('places.remove.title', { label }), body: words('places.remove.body'), confirm: words('places.remove.yes') };
    if (!(await ask(question))) return;
    await removePlace(this.app.session, place.slot);
    this.app.say(words('places.removed', { label }));
    document.querySelector('h1')?.focus();
  };

  #label = (place) => nameOf(place, this.app);

  template = () => {
    const { words } = this.app;
    return html`
      <h1 class="govuk-heading-l" tabindex="-1">${this.title()}</h1>
      <p class="govuk-body">${words(this.#places.length ? 'places.about' : 'places.none')}</p>
      <ul class="place-list">
        ${repeat(this.#places, ({ slot }) => slot, this.#item)}
      </ul>
      ${freeSlot(this.#places)
        ? html`<a class="govuk-button button-wide" href="/app/places/new">${words('places.add')}</a>`
        : html`<p class="govuk-inset-text">${words('places.full')}</p>`}
      <p class="govuk-body">${words('places.count', { used: this.#places.length, all: SLOTS.length })}</p>
    `;
  };

  #item = (place) => {
    const { words } = this.app;
    const label = this.#label(place);
    const named = (key) => html`${words(key)} <span class="govuk-visually-hidden">${label}</span>`;
    return html`<li class="card place">
      <h2 class="govuk-heading-s">${label}</h2>
      <p class="govuk-body">${this.#municipality(place)}${this.#house(place)}${this.#until(place)}</p>
      ${place.waiting ? html`<p class="govuk-hint">${words('places.waiting')}</p>` : nothing}
      <div class="button-row">
        ${place.cell ? html`<a class="govuk-button govuk-button--secondary" href="/app/places/${place.slot}">${named('places.change')}</a>` : nothing}
        <button type="button" class="govuk-button govuk-button--secondary" @click=${() => this.#remove(place)}>${named('places.remove')}</button>
      </div>
    </li>`;
  };

  #municipality({ cell }) {
    const { words } = this.app;
    if (!cell) return words('places.locating');
    if (this.#names.has(cell)) return this.#names.get(cell) ?? words('places.outside');
    return this.#unreachable ? words('places.municipality.asking') : nothing;
  }

  #house({ cell }) {
    const house = this.#houses.get(cell);
    return house ? html`<br /><span data-fact="near">${this.app.words('places.near', house)}</span>` : nothing;
  }

  #until({ until }) {
    if (!until) return nothing;
    const day = date(until.getTime() - 1, this.app.language); // it ends with the day
    return html`<br />${this.app.words(until > new Date() ? 'places.ends' : 'places.ended', { day })}`;
  }
}
