// A small picture of where an address is.

import { html, nothing, svg } from '../../vendor/lit-html.js';
import { HIGH, WIDE } from './sketched.js';

const dot = ({ x, y, own }) => svg`<circle class="sketch__house ${own ? 'sketch__house--own' : ''}" cx=${x.toFixed(1)} cy=${y.toFixed(1)} r=${own ? 3 : 2.2} />`;
const label = ({ x, y, text }) => svg`<text class="sketch__name" x=${x.toFixed(1)} y=${(y - 5).toFixed(1)} text-anchor="middle">${text}</text>`;

/** For eyes alone: the words beside it say the address. @param {ReturnType<typeof import('./sketched.js').sketched> | null} drawn */
export const sketch = (drawn) =>
  drawn
    ? html`<svg class="sketch" viewBox="0 0 ${WIDE} ${HIGH}" aria-hidden="true" focusable="false">
        ${drawn.houses.map(dot)} ${drawn.names.map(label)}
        <circle class="sketch__pin" cx=${WIDE / 2} cy=${HIGH / 2} r="7" />
      </svg>`
    : nothing;
