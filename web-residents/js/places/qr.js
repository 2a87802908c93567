// A text as a picture that a camera reads (QR code, ISO/IEC 18004). Loaded when one is shown.

import { html } from '../../vendor/lit-html.js';
import { encode } from '../../vendor/qr.js';

const QUIET = 4; // modules left white on every side, as the standard demands
const LEVEL = 'Q'; // readable with a quarter of it dirty or torn off: printed, it hangs in a hall

const bar = (x, y, wide) => `M${x + QUIET} ${y + QUIET}h${wide}v1h-${wide}z`;

/** Path data: a bar for each run of dark modules in a row. */
const dark = (rows) =>
  rows
    .flatMap((row, y) => {
      const runs = row.map(Number).join('').matchAll(/1+/g);
      return Array.from(runs, ({ 0: run, index }) => bar(index, y, run.length));
    })
    .join('');

/** @param {string} text @param {string} label what a reader who does not see it is told */
export function qrCode(text, label) {
  const { data, size } = encode(text, { ecc: LEVEL, boostEcc: false, border: 0 });
  const side = size + 2 * QUIET;
  return html`<svg class="qr" role="img" aria-label=${label} viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">
    <path fill="#fff" d="M0 0h${side}v${side}h-${side}z" />
    <path fill="#000" d=${dark(data)} />
  </svg>`;
}
