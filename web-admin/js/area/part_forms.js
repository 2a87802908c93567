// What can be changed of a part by name: which houses of a street, how far about a place.

import { html } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { field, radios, select } from '../shell/fields.js';
import { someHouses } from './parts.js';

const RADII = [50, 100, 200, 300, 500, 1000, 2000]; // metres

/** "odd, from 10 to 42" @param {import('./parts.js').Houses} houses */
export const housesWords = ({ parity, from, to }) =>
  [parity && t(`houses.${parity}`), from && t('houses.fromNumber', { number: from }), to && t('houses.toNumber', { number: to })].filter(Boolean).join(' ');

/** @param {any} part @param {number} index @param {(changes: object) => void} change */
export function housesForm({ houses = {} }, index, change) {
  const set = (changes) => change({ houses: someHouses({ ...houses, ...changes }) ?? undefined });
  const bound = (name) =>
    field({
      id: `part-${index}-${name}`,
      label: t(`houses.${name}`),
      input: { value: houses[name] ?? '', short: true, oninput: (event) => set({ [name]: event.target.value }) },
    });
  return html`${radios({
      name: `part-${index}-parity`,
      legend: t('houses.title'),
      value: houses.parity ?? '',
      inline: true,
      options: ['', 'odd', 'even'].map((value) => ({ value, label: t(`houses.${value || 'all'}`) })),
      onchange: (parity) => set({ parity }),
    })}
    <div class="part__bounds">${bound('from')} ${bound('to')}</div>`;
}

/** @param {any} part @param {number} index @param {(changes: object) => void} change */
export const radiusForm = ({ metres }, index, change) =>
  select({
    id: `part-${index}-metres`,
    label: t('circle.radius'),
    value: String(metres),
    options: RADII.map((value) => ({ value: String(value), label: t('here.metres', { count: value }) })),
    onchange: (value) => change({ metres: Number(value) }),
  });
