// The parts of the area as a list: what each is, how large, what can be changed of it, and a way to remove it.

import { html, nothing } from '../../vendor/lit-html.js';
import { number, t } from '../i18n/index.js';
import { housesForm, housesWords, radiusForm } from './part_forms.js';
import { isNamed } from './parts.js';
import { surface } from './shapes.js';

/** "0,12 km²" for what is large, "850 m²" for what is small. */
function size(part) {
  const metres = surface(part);
  return metres < 10_000
    ? `${number(Math.round(metres))} m²`
    : `${number(Number((metres / 1e6).toPrecision(3)))} km²`;
}

/** "Part 2", with its name in the file; "Excluded place 1"; what has a name of its own is called by it. */
export function partName(parts, index) {
  const { name, excluded } = parts[index];
  if (isNamed(parts[index])) return excluded ? t('names.withoutOne', { name }) : name;
  const alike = parts.slice(0, index + 1).filter((one) => !isNamed(one) && Boolean(one.excluded) === Boolean(excluded));
  const numbered = t(excluded ? 'area.exclusion' : 'area.part', { number: alike.length });
  return name ? t('area.named', { part: numbered, name }) : numbered;
}

function drawnWords(part) {
  const holes = part.rings.length - 1;
  return html`${size(part)}, ${t('area.corners', { count: part.rings[0].length - 1 })}${holes ? html`, ${t('area.holes', { count: holes })}` : nothing}`;
}

function namedWords({ kind, addresses, houses, metres }) {
  if (kind === 'here') return t('here.metres', { count: metres });
  const words = houses ? [housesWords(houses)] : addresses === undefined || addresses === null ? [] : [t('reach.addresses', { count: addresses })];
  return html`${words.join('')}`;
}

/** What more can be said of a part: some of its houses, another radius, that it is taken out. */
function more(area, part, index, open) {
  if (!isNamed(part)) return nothing;
  const change = (changes) => area.set(area.parts.map((one, other) => (other === index ? { ...one, ...changes } : one)));
  return html`<details class="part__more" ?open=${open}>
    <summary class="part__summary">${t('part.change')}<span class="govuk-visually-hidden"> ${part.name}</span></summary>
    ${part.kind === 'street' ? housesForm(part, index, change) : nothing} ${part.kind === 'here' ? radiusForm(part, index, change) : nothing}
    <button type="button" class="govuk-button govuk-button--secondary" @click=${() => change({ excluded: !part.excluded })}>
      ${t(part.excluded ? 'part.include' : 'part.exclude')}
    </button>
  </details>`;
}

function row(area, part, index) {
  const name = partName(area.parts, index);
  return html`<li class="part ${part.excluded ? 'part--excluded' : ''}">
    <span class="part__name"><strong>${name}</strong>: ${isNamed(part) ? namedWords(part) : drawnWords(part)}</span>
    <button type="button" class="govuk-button govuk-button--secondary part__remove" @click=${() => area.remove(index)}>
      ${t('area.remove')}<span class="govuk-visually-hidden"> ${name}</span>
    </button>
    ${more(area, part, index, false)}
  </li>`;
}

/** @param {import('./model.js').Area} area */
export const partList = (area) => html`<h3 class="govuk-heading-s" id="parts-title">${t('area.parts')}</h3>
  ${area.parts.length
    ? html`<ul class="parts" aria-labelledby="parts-title">${area.parts.map((part, index) => row(area, part, index))}</ul>`
    : html`<p class="govuk-body empty">${t('area.none')}</p>`}`;
