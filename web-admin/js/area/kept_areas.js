// Areas taken again: those of the latest alerts, and keeping the present one under a name.

import { html, nothing } from '../../vendor/lit-html.js';
import { saveArea } from '../api/areas.js';
import { t } from '../i18n/index.js';
import { announce } from '../shell/announce.js';
import { field } from '../shell/fields.js';
import { wordsFor } from '../shell/failure.js';
import { partsOrNone } from './geojson.js';
import { partsFromApi, partsJson } from './parts.js';

export class KeptAreas {
  name = '';
  error = '';
  told = '';
  #area;
  #draw;

  /** @param {import('./model.js').Area} area @param {import('./names.js').Names} names @param {() => void} draw */
  constructor(area, names, draw) {
    this.#area = area;
    this.names = names;
    this.#draw = draw;
  }

  /** Beside what is chosen already. */
  take = ({ parts, area }) => this.#area.add(...(parts ? partsFromApi(parts, this.names.known, partsOrNone) : partsOrNone(area)));

  type = (event) => {
    this.name = event.target.value;
  };

  save = async () => {
    Object.assign(this, { error: '', told: '' });
    if (!this.name.trim()) return this.#tell({ error: t('kept.nameless') });
    try {
      this.names.saved.push(await saveArea(this.name.trim(), partsJson(this.#area.parts)));
      return this.#tell({ name: '', told: t('kept.saved', { name: this.name.trim() }) });
    } catch (error) {
      const [first] = /** @type {any} */ (error).errors ?? [];
      return this.#tell({ error: first?.detail ?? wordsFor(error).title });
    }
  };

  #tell(change) {
    Object.assign(this, change);
    announce(this.error || this.told);
    this.#draw();
  }

  get hasParts() {
    return this.#area.parts.length > 0;
  }
}

const recentOne = (kept, one) => html`<li>
  <button type="button" class="tool recent__one" @click=${() => kept.take(one)}>
    ${one.area_name || t('kept.unnamed')}${one.addresses === null || one.addresses === undefined ? nothing : html` (${t('reach.addresses', { count: one.addresses })})`}
  </button>
</li>`;

/** While nothing is chosen. @param {KeptAreas} kept */
export const recentAreas = (kept) =>
  kept.names.recent.length && !kept.hasParts
    ? html`<details class="govuk-details recent">
        <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t('kept.recent')}</span></summary>
        <ul class="founds govuk-details__text" aria-label=${t('kept.recent')}>${kept.names.recent.map((one) => recentOne(kept, one))}</ul>
      </details>`
    : nothing;

/** @param {KeptAreas} kept */
export const saveForm = (kept) =>
  kept.hasParts
    ? html`${field({ id: 'kept-name', label: t('kept.name'), hint: t('kept.name.hint'), error: kept.error || undefined, input: { value: kept.name, oninput: kept.type } })}
        <button type="button" class="govuk-button govuk-button--secondary" @click=${kept.save}>${t('kept.save')}</button>
        ${kept.told ? html`<p class="govuk-hint" id="kept-told">${kept.told}</p>` : nothing}`
    : nothing;
