// The parts of the area as a list, each with its size and a way to remove it.

import { html, nothing } from '../../vendor/lit-html.js';
import { number, t } from '../i18n/index.js';
import { surface } from './shapes.js';

/** "0,12 km²" for what is large, "850 m²" for what is small. */
function size(part) {
  const metres = surface(part);
  return metres < 10_000
    ? `${number(Math.round(metres))} m²`
    : `${number(Number((metres / 1e6).toPrecision(3)))} km²`;
}

/** "Part 2", with its name in the file; "Excluded place 1". */
export function partName(parts, index) {
  const { name, excluded } = parts[index];
  const alike = parts.slice(0, index + 1).filter((one) => Boolean(one.excluded) === Boolean(excluded));
  const numbered = t(excluded ? 'area.exclusion' : 'area.part', { number: alike.length });
  return name ? t('area.named', { part: numbered, name }) : numbered;
}

function row(area, part, index) {
  const holes = part.rings.length - 1;
  const name = partName(area.parts, index);
  return html`<li class="part">
    <span
      ><strong>${name}</strong>: ${size(part)}, ${t('area.corners', { count: part.rings[0].length - 1 })}${holes
        ? html`, ${t('area.holes', { count: holes })}`
        : nothing}</span
    >
    <button type="button" class="govuk-button govuk-button--secondary part__remove" @click=${() => area.remove(index)}>
      ${t('area.remove')}<span class="govuk-visually-hidden"> ${name}</span>
    </button>
  </li>`;
}

/** @param {import('./model.js').Area} area */
export const partList = (area) => html`<h3 class="govuk-heading-s" id="parts-title">${t('area.parts')}</h3>
  ${area.parts.length
    ? html`<ul class="parts" aria-labelledby="parts-title">${area.parts.map((part, index) => row(area, part, index))}</ul>`
    : html`<p class="govuk-body empty">${t('area.none')}</p>`}`;
