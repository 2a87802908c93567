// Brings the map of an alert into the page when it is wanted, and keeps it as the alert is.

import { html, ref } from '../../vendor/lit-html.js';
import { municipalities } from '../places/municipality.js';
import { nameOf } from '../places/label.js';

export class MapPanel {
  /** @type {any} */
  map = null;
  shown = '';
  failed = false;

  /** @type {any} */
  wanted;
  boundaries = /** @type {import('../places/municipality.js').Municipality[]} */ ([]);

  constructor(app) {
    this.app = app;
  }

  close() {
    this.closed = true;
    this.map?.close();
  }

  /** @param {import('./reading.js').Alert} alert @param {import('./whereabouts.js').Located[]} places */
  template(alert, places) {
    this.wanted = { alert, places };
    const { words } = this.app;
    if (this.failed) return html`<p class="govuk-hint">${words('alert.map.failed')}</p>`;
    return html`<div class="alert-map" tabindex="0" role="application" aria-label=${words('alert.map')} ${ref(this.mounted)}></div>`;
  }

  mounted = (element) => {
    if (element && element !== this.element) {
      this.element = element;
      this.loading = this.load(element);
    }
    this.loading?.then(() => this.update());
  };

  async load(element) {
    try {
      const { createMap } = await import('./area_map.js');
      this.boundaries = await municipalities().catch(() => []);
      if (!this.closed) this.map = createMap(element, this.app.words);
    } catch (error) {
      console.error(error);
      this.failed = true;
      this.app.redraw();
    }
  }

  update() {
    const { alert, places } = this.wanted;
    const pins = places.map((place) => ({ name: nameOf(place, this.app), point: place.point }));
    const what = JSON.stringify([alert.area, pins]);
    if (this.closed || !this.map || what === this.shown) return;
    this.shown = what;
    const boundary = this.boundaries.find(({ terc }) => terc === alert.terc)?.boundary ?? null;
    this.map.show({ area: JSON.parse(alert.area), boundary, places: pins, terc: alert.terc });
  }
}
