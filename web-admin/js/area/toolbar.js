// The tools above the map: one mode at a time, then undo, redo and a look at the whole.

import { html, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { MODES } from './drawing.js';

const tool = (name, options) => html`<button
  type="button"
  class="tool"
  aria-pressed=${options.pressed === undefined ? nothing : String(options.pressed)}
  ?disabled=${options.disabled}
  @click=${options.onclick}
>
  ${t(`map.${name}`)}
</button>`;

const needsParts = ['hole', 'modify', 'remove'];

/** While a shape is drawn its own bar stands there instead, where there is little room. */
export const toolbar = ({ mode, area, choose, fit, busy }) => html`
  <div class="toolbar ${busy ? 'toolbar--aside' : ''}" role="group" aria-label=${t('map.tools')}>
    ${MODES.map((name) =>
      tool(name, {
        pressed: name === mode,
        disabled: needsParts.includes(name) && !area.parts.length,
        onclick: () => choose(name),
      }),
    )}
    ${tool('undo', { disabled: !area.canUndo, onclick: () => area.undo() })}
    ${tool('redo', { disabled: !area.canRedo, onclick: () => area.redo() })} ${tool('fit', { onclick: fit })}
  </div>
`;

/** Corners of a shape that is there: by the pointer, and one is taken out by a button. */
export const modifyBar = (drawing) => html`
  <div class="toolbar toolbar--drawing" role="group" aria-label=${t('map.corners')}>
    ${tool('removePointed', { onclick: () => drawing.removePointed() })} ${tool('done', { onclick: () => drawing.setMode('move') })}
  </div>
`;

/** Drawing without a pointer: the map moves beneath the cross, the buttons place corners. */
export const drawingBar = (sketched, drawing) => html`
  <div class="toolbar toolbar--drawing" role="group" aria-label=${t('map.corners')}>
    ${tool('addCorner', { onclick: () => drawing.addCorner() })}
    ${tool('removeCorner', { disabled: !sketched, onclick: () => drawing.removeCorner() })}
    ${tool('finish', { onclick: () => drawing.finish() })} ${tool('abort', { onclick: () => drawing.setMode('move') })}
    <span class="toolbar__count" role="status">${t('area.corners', { count: sketched })}</span>
  </div>
`;
