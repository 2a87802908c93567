// /app/places: my places, where alerts would concern me.

import { html, nothing, repeat } from '../../vendor/lit-html.js';
import { nameOf } from './label.js';
import { ask } from '../shell/dialog.js';
import { isDone } from '../shell/steps.js';
import { date } from '../shell/times.js';
import { municipalities } from './municipality.js';
import { sketch } from './sketch.js';
import { freeSlot, removePlace, SLOTS, watchPlaces } from './store.js';
import { municipalityOf, told } from './told.js';

const keyOf = ({ cell, codes, whole }) => JSON.stringify([cell, codes, whole]);

export async function open(app) {
  const list = new PlaceList(app);
  await list.started;
  return list;
}

class PlaceList {
  #places = [];
  /** @type {Map<string, import('./told.js').Told | null>} */
  #told = new Map(); // what is known of a place, by what it is stored as; null: it lies in no municipality that is served
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

  /** The places stand there at once; where they are follows. */
  async #name(places) {
    this.app.redraw();
    const served = await municipalities();
    this.#unreachable = false;
    await Promise.all(places.filter(({ cell, whole }) => cell || whole).map((place) => this.#lookAt(place, served)));
    if (places === this.#places) this.app.showPlace(places.map((place) => this.#told.get(keyOf(place))?.municipality.name).find(Boolean));
    this.app.redraw();
  }

  /** The municipality at once, names and picture when they are there: by them one tells a place from another of the same label. */
  async #lookAt(place, served) {
    const municipality = await municipalityOf(place, served);
    const key = keyOf(place);
    if (this.#told.get(key)?.municipality !== municipality) this.#told.set(key, municipality && { municipality });
    if (!municipality || this.#told.get(key)?.name !== undefined) return;
    told(place, municipality, this.app.words).then((found) => {
      this.#told.set(key, found);
      this.app.redraw();
    }, console.error);
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
      <p class="govuk-body">${this.#where(place)}${this.#until(place)}</p>
      ${sketch(this.#told.get(keyOf(place))?.drawn ?? null)}
      ${place.waiting ? html`<p class="govuk-hint">${words('places.waiting')}</p>` : nothing}
      <div class="button-row">
        ${place.cell || place.whole ? html`<a class="govuk-button govuk-button--secondary" href="/app/places/${place.slot}">${named('places.change')}</a>` : nothing}
        <button type="button" class="govuk-button govuk-button--secondary" @click=${() => this.#remove(place)}>${named('places.remove')}</button>
      </div>
    </li>`;
  };

  #where(place) {
    const { words } = this.app;
    if (!place.cell && !place.whole) return words('places.locating');
    const found = this.#told.get(keyOf(place));
    if (found === null) return words('places.outside');
    if (!found) return this.#unreachable ? words('places.municipality.asking') : nothing;
    return html`${found.name ? html`<strong data-fact="near">${found.name}</strong><br />` : nothing}${found.where ?? found.municipality.name}`;
  }

  #until({ until }) {
    if (!until) return nothing;
    const day = date(until.getTime() - 1, this.app.language); // it ends with the day
    return html`<br />${this.app.words(until > new Date() ? 'places.ends' : 'places.ended', { day })}`;
  }
}
