// The authenticator's secret as a picture for its camera (QR code, ISO/IEC 18004), drawn here: no other server sees it.

import { html } from '../../vendor/lit-html.js';
import { encode } from '../../vendor/qr.js';

const WHITE = 4; // modules on every side, as the standard demands

/** @param {string} text @param {string} label what a reader who does not see it is told */
export function secretPicture(text, label) {
  const { data, size } = encode(text, { border: WHITE });
  const squares = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return html`<svg class="secret-picture" role="img" aria-label=${label} viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">
    <rect width=${size} height=${size} fill="#fff"></rect>
    <path fill="#000" d=${squares}></path>
  </svg>`;
}
