// The tools of the map: one button to draw, all else behind "more"; while a shape is drawn three buttons alone.

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
const DRAW = 'polygon'; // what most want of the map

const modeTool = (name, { mode, area, choose }) =>
  tool(name, { pressed: name === mode, disabled: needsParts.includes(name) && !area.parts.length, onclick: () => choose(name) });

/** While a shape is drawn its own bar stands there instead. */
export const toolbar = (tools) => html`<div class="toolbar ${tools.busy ? 'toolbar--aside' : ''}" role="group" aria-label=${t('map.tools')}>
  ${modeTool(DRAW, tools)} ${tool('fit', { onclick: tools.fit })}
</div>`;

/** All that few need. */
export const moreTools = (tools) => html`<div class="toolbar" role="group" aria-label=${t('map.moreTools')}>
  ${MODES.filter((name) => name !== DRAW).map((name) => modeTool(name, tools))}
  ${tool('undo', { disabled: !tools.area.canUndo, onclick: () => tools.area.undo() })}
  ${tool('redo', { disabled: !tools.area.canRedo, onclick: () => tools.area.redo() })}
</div>`;

/** Corners of a shape that is there: by the pointer, and one is taken out by a button. */
export const modifyBar = (drawing) => html`
  <div class="toolbar toolbar--drawing" role="group" aria-label=${t('map.corners')}>
    ${tool('removePointed', { onclick: () => drawing.removePointed() })} ${tool('done', { onclick: () => drawing.setMode('move') })}
  </div>
`;

/** Also without a pointer: the map moves beneath the cross, the buttons place corners. */
export const drawingBar = (sketched, drawing) => html`
  <div class="toolbar toolbar--drawing" role="group" aria-label=${t('map.corners')}>
    ${tool('addCorner', { onclick: () => drawing.addCorner() })}
    ${tool('removeCorner', { disabled: !sketched, onclick: () => drawing.removeCorner() })}
    ${tool('finish', { onclick: () => drawing.finish() })}
    <span class="toolbar__count" role="status">${t('area.corners', { count: sketched })}</span>
    <details class="toolbar__more">
      <summary class="tool">${t('map.more')}</summary>
      ${tool('abort', { onclick: () => drawing.setMode('move') })}
    </details>
  </div>
`;
