// The area of an alert: the map with its tools, the list of parts, and every way to do without the map.

import { html, nothing, ref } from '../../vendor/lit-html.js';
import { number, t } from '../i18n/index.js';
import { announce } from '../shell/announce.js';
import { view } from '../shell/view.js';
import { createDrawing } from './drawing.js';
import { createMap } from './map.js';
import { createNumbers } from './numbers.js';
import { partsOf } from './geojson.js';
import { surface } from './shapes.js';
import { drawingBar, toolbar } from './toolbar.js';

/** "0,12 km²" for what is large, "850 m²" for what is small. */
function size(part) {
  const metres = surface(part);
  return metres < 10_000
    ? `${number(Math.round(metres))} m²`
    : `${number(Number((metres / 1e6).toPrecision(3)))} km²`;
}

const partRow = (area) => (part, index) => {
  const holes = part.length - 1;
  const name = t('area.part', { number: index + 1 });
  return html`<li class="part">
    <span
      ><strong>${name}</strong>: ${size(part)}, ${t('area.corners', { count: part[0].length - 1 })}${holes
        ? html`, ${t('area.holes', { count: holes })}`
        : nothing}</span
    >
    <button type="button" class="govuk-button govuk-button--secondary part__remove" @click=${() => area.remove(index)}>
      ${t('area.remove')}<span class="govuk-visually-hidden"> ${name}</span>
    </button>
  </li>`;
};

const partList = (area) => html`<h3 class="govuk-heading-s" id="parts-title">${t('area.parts')}</h3>
  ${area.parts.length
    ? html`<ul class="parts" aria-labelledby="parts-title">${area.parts.map(partRow(area))}</ul>`
    : html`<p class="govuk-body empty">${t('area.none')}</p>`}`;

/**
 * @param {HTMLElement} root
 * @param {ReturnType<import('./model.js').createArea>} area
 * @param {{boundary: object, base_map: object | null}} municipality
 * @returns {() => void} closes the editor
 */
export function openEditor(root, area, municipality) {
  const state = { mode: 'move', sketched: 0, message: null };
  let shown = null;
  let drawing = null;

  const say = (key) => {
    state.message = key;
    if (key) announce(t(key));
    page.draw();
  };

  const mount = (element) => {
    if (!element || shown) return;
    shown = createMap(element, municipality);
    drawing = createDrawing(shown, area, {
      onMode: (mode) => Object.assign(state, { mode }) && page.draw(),
      onSketch: (sketched) => Object.assign(state, { sketched }) && page.draw(),
      onRefused: say,
    });
    shown.show(area.parts);
  };

  const choose = (mode) => {
    state.message = null;
    drawing.setMode(mode);
    announce(t(`map.help.${mode}`));
  };

  const onKey = (event) => {
    const key = event.key.toLowerCase();
    if (key === 'escape' && state.mode !== 'move') return choose('move');
    if (!(event.ctrlKey || event.metaKey) || (key !== 'z' && key !== 'y')) return undefined;
    event.preventDefault();
    return key === 'y' || event.shiftKey ? area.redo() : area.undo();
  };

  const numbers = createNumbers(area, {
    centre: () => drawing.centre(),
    onAdded: () => shown.fit(),
    draw: () => page.draw(),
  });

  const page = view(
    root,
    () => html`
      ${toolbar({ mode: state.mode, area, choose, fit: () => shown.fit() })}
      <div class="map-frame" @keydown=${onKey}>
        <div
          class="map ${state.mode === 'move' ? '' : `map--${state.mode}`}"
          tabindex="0"
          role="application"
          aria-label=${t('map.label')}
          aria-describedby="map-help"
          ${ref(mount)}
        ></div>
        ${['polygon', 'hole'].includes(state.mode) ? html`<div class="map-cross" aria-hidden="true"></div>` : nothing}
      </div>
      ${['polygon', 'hole'].includes(state.mode) ? drawingBar(state.sketched, drawing) : nothing}
      <p class="govuk-hint map-help" id="map-help">${t(`map.help.${state.mode}`)}</p>
      ${state.message ? html`<p class="govuk-error-message" id="map-message">${t(state.message)}</p>` : nothing}
      ${partList(area)}
      <button type="button" class="govuk-button govuk-button--secondary" @click=${() => area.set(partsOf(municipality.boundary))}>
        ${t('area.whole')}
      </button>
      ${numbers.template()}
    `,
  );

  const forget = area.onChange((parts) => {
    state.message = null;
    shown?.show(parts);
    announce(t('area.changed', { count: parts.length }));
    page.draw();
  });

  page.drawNow();
  return () => {
    forget();
    page.close();
    shown?.close();
  };
}
