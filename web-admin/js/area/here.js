// "Here": a circle about where the person stands; the browser is asked only when they say so.

import { html, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { announce } from '../shell/announce.js';

const POSITION = { enableHighAccuracy: true, timeout: 15_000 };
const USUAL = 200; // metres
const DECIMALS = 6;

const rounded = (degrees) => Number(degrees.toFixed(DECIMALS));

export class Here {
  /** What is said of finding the place. */
  told = '';
  failed = false;
  #area;
  #draw;

  /** @param {import('./model.js').Area} area @param {() => void} draw */
  constructor(area, draw) {
    this.#area = area;
    this.#draw = draw;
  }

  /** Finding the place can take long, and be rough: both are said. */
  take = () => {
    this.#tell(t('circle.locating'));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        this.#area.add({ kind: 'here', lat: rounded(coords.latitude), lng: rounded(coords.longitude), metres: USUAL, name: t('here.name') });
        this.#tell(t('here.located', { count: Math.ceil(coords.accuracy) }));
      },
      ({ code, PERMISSION_DENIED }) => this.#tell(t(code === PERMISSION_DENIED ? 'area.error.positionDenied' : 'area.error.position'), true),
      POSITION,
    );
  };

  #tell(words, failed = false) {
    Object.assign(this, { told: words, failed });
    announce(words);
    this.#draw();
  }

  template() {
    return this.told ? html`<p class=${this.failed ? 'govuk-error-message' : 'govuk-hint'} id="here-told">${this.told}</p>` : nothing;
  }
}
