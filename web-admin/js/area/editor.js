// The area of an alert: the map with its tools, the list of parts, and every way to do without the map.

import { html, nothing, ref } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { announce } from '../shell/announce.js';
import { view } from '../shell/view.js';
import { Drawing } from './drawing.js';
import { partsOrNone } from './geojson.js';
import { Here } from './here.js';
import { KeptAreas, recentAreas, saveForm } from './kept_areas.js';
import { createMap } from './map.js';
import { NameSearch } from './name_search.js';
import { Numbers } from './numbers.js';
import { partList } from './part_list.js';
import { withNamed } from './parts.js';
import { drawingBar, modifyBar, moreTools, toolbar } from './toolbar.js';

/**
 * @param {HTMLElement} root
 * @param {import('./model.js').Area} area
 * @param {{boundary: object, base_map: object | null}} municipality
 * @param {import('./names.js').Names} names
 * @returns {{outline: (geometry: object | null) => void, close: () => void}} `outline`: shows what all parts make together
 */
export function openEditor(root, area, municipality, names) {
  const editor = new Editor(root, area, municipality, names);
  return { outline: editor.outline, close: () => editor.close() };
}

class Editor {
  /** @type {import('./model.js').Area} */
  area;
  /** @type {any} */
  municipality;
  /** @type {string} */
  mode;
  /** @type {number} */
  sketched;
  /** @type {string | null} */
  message;
  /** @type {ReturnType<typeof createMap> | null} */
  shown;
  /** @type {HTMLElement | undefined} */
  element; // of the map
  /** @type {any} */
  drawing; // once there is a map

  constructor(root, area, municipality, names) {
    Object.assign(this, { area, municipality, mode: 'move', sketched: 0, message: null, shown: null });
    this.view = view(root, () => this.template());
    this.search = new NameSearch(area, names, () => this.view.draw());
    this.kept = new KeptAreas(area, names, () => this.view.draw());
    this.here = new Here(area, () => this.view.draw());
    names.loaded.then(() => this.view.draw());
    this.numbers = new Numbers(area, {
      centre: () => this.drawing.centre(),
      onAdded: () => this.shown?.fit(),
      draw: () => this.view.draw(),
    });
    this.forget = area.onChange((parts, onlyMarked) => this.changed(parts, onlyMarked));
    this.view.drawNow();
  }

  close() {
    this.forget();
    this.view.close();
    this.shown?.close();
  }

  mount = (element) => {
    if (!element || this.shown) return;
    this.element = element;
    this.shown = createMap(element, this.municipality);
    this.drawing = new Drawing(this.shown, this.area, {
      onMode: (mode) => {
        this.shown?.handles(mode === 'modify');
        this.draw({ mode, message: null });
      },
      onSketch: (sketched) => {
        this.area.sketching = sketched;
        this.draw({ sketched });
      },
      onRefused: (message) => this.refuse(message),
    });
    this.shown.show(this.area.parts);
  };

  refuse(message) {
    announce(t(message));
    this.draw({ message });
  }

  draw(change) {
    Object.assign(this, change);
    this.view.draw();
  }

  changed(parts, onlyMarked = false) {
    this.shown?.mark(this.area.mark);
    if (onlyMarked) return;
    this.shown?.show(parts);
    announce(t('area.changed', { count: parts.length }));
    this.draw({ message: null });
  }

  /** A shape that is begun is closed or given up first, never dropped by the way. */
  choose = (mode) => {
    if (this.sketched) return this.refuse('area.error.open');
    this.message = null;
    this.drawing.setMode(mode);
    announce(t(`map.help.${mode}`));
    this.view.drawNow();
    this.focusMap();
  };

  /** Where the tools give way to the drawing's own, the one that was pressed is gone; from those behind "more" the map is out of sight. */
  focusMap() {
    setTimeout(() => {
      const pressed = /** @type {HTMLElement | null} */ (document.activeElement);
      const isBelow = Boolean(pressed?.closest('#more-tools'));
      if (isBelow || pressed === document.body || pressed?.offsetParent === null) this.element?.focus({ preventScroll: !isBelow });
    });
  }

  onKey = (event) => {
    const key = event.key.toLowerCase();
    if (this.placesCorner(event, key)) return this.drawing.addCorner();
    if (key === 'escape' && this.mode !== 'move') return this.drawing.setMode('move');
    if (!(event.ctrlKey || event.metaKey) || (key !== 'z' && key !== 'y')) return undefined;
    event.preventDefault();
    return key === 'y' || event.shiftKey ? this.area.redo() : this.area.undo();
  };

  /** Enter and Space on the map itself do what the button does. */
  placesCorner(event, key) {
    const drawing = this.mode === 'polygon' || this.mode === 'hole';
    if (!drawing || (key !== 'enter' && key !== ' ') || !event.target.classList.contains('map')) return false;
    event.preventDefault();
    return true;
  }

  /** By its code; drawn where there is no register. */
  takeWhole = () => {
    const { whole } = this.search.names;
    this.area.set(whole ? withNamed([], whole) : partsOrNone(this.municipality.boundary));
  };

  outline = (geometry) => {
    this.shown?.outline(geometry);
    if (geometry) this.shown?.fit();
  };

  map(sketching) {
    return html`<div class="map-frame" @keydown=${this.onKey}>
      <div
        class="map map--${this.mode}"
        tabindex="0"
        role="application"
        aria-label=${t('map.label')}
        aria-describedby="map-help area-error"
        ${ref(this.mount)}
      ></div>
      ${sketching ? html`<div class="map-cross" aria-hidden="true"></div>` : nothing}
    </div>`;
  }

  /** Ways to say where, beside the search. */
  ways() {
    return html`<div class="button-row ways">
      <button type="button" class="govuk-button govuk-button--secondary" @click=${this.here.take}>${t('circle.here')}</button>
      <button type="button" class="govuk-button govuk-button--secondary" @click=${this.takeWhole}>${t('area.whole')}</button>
    </div>`;
  }

  /** Something can be taken out only of what is there. */
  except() {
    return this.area.parts.length
      ? html`<button
          type="button"
          class="govuk-button govuk-button--secondary except"
          aria-pressed=${String(this.search.excluding)}
          @click=${() => this.search.exclude(!this.search.excluding)}
        >
          ${t('names.exclude')}
        </button>`
      : nothing;
  }

  more(tools) {
    return html`<details class="govuk-details" id="more-tools">
      <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t('map.more')}</span></summary>
      <div class="govuk-details__text">${saveForm(this.kept)} ${moreTools(tools)} ${this.numbers.template()}</div>
    </details>`;
  }

  template() {
    const sketching = this.mode === 'polygon' || this.mode === 'hole';
    const busy = sketching || this.mode === 'modify';
    const tools = { mode: this.mode, area: this.area, choose: this.choose, fit: () => this.shown?.fit(), busy };
    return html`
      ${this.search.template()} ${this.ways()} ${recentAreas(this.kept)} ${this.here.template()} ${partList(this.area)} ${this.except()}
      <h3 class="govuk-heading-s">${t('map.title')}</h3>
      ${toolbar(tools)} ${this.map(sketching)} ${sketching ? drawingBar(this.sketched, this.drawing) : nothing}
      ${this.mode === 'modify' ? modifyBar(this.drawing) : nothing}
      <p class="govuk-hint map-help" id="map-help">${t(`map.help.${this.mode}`)}</p>
      ${this.message ? html`<p class="govuk-error-message" id="map-message">${t(this.message)}</p>` : nothing} ${this.more(tools)}
    `;
  }
}
