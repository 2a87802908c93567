// /app/places/new: a place more.

import { html, nothing } from '../../vendor/lit-html.js';
import { pending } from '../shell/steps.js';
import { Details } from './details.js';
import { PlaceForm } from './form.js';
import { Placing } from './placing.js';
import { currentPlaces, freeSlot, SLOTS } from './store.js';

export async function open(app) {
  const { words } = app;
  const step = pending()?.name === 'place';
  const places = step ? [] : await currentPlaces(app.session); // somebody new has none: no server need say so
  const title = () => words('places.new.title');
  if (!freeSlot(places)) return { title, template: () => full(words) };
  const placing = new Placing({ app });
  const details = new Details({ app, label: places.length ? '' : words('places.preset.home'), folded: () => placing.byRegister });
  const slot = async () => freeSlot(await currentPlaces(app.session));
  const same = async (place) => (await currentPlaces(app.session)).find((one) => isSame(one, place))?.label ?? null;
  const leave = (receives) => app.finished('place', '/app/places', { receives });
  const form = new PlaceForm({ app, placing, details, slot, same, leave, asks: step });
  const template = () => html`
    ${step ? nothing : back(words)}
    <h1 class="govuk-heading-l" tabindex="-1">${title()}</h1>
    ${form.template()} ${step ? nothing : privately(words)}
  `;
  return { title, template, close: () => placing.close(), skippable: () => !placing.chosen };
}

const isSame = (one, { cell, whole }) => (whole ? one.whole?.code === whole.code : one.cell === cell);

const privately = (words) => html`<details class="govuk-details">
  <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${words('places.private')}</span></summary>
  <div class="govuk-details__text">${words('places.new.private')}</div>
</details>`;

export const back = (words) => html`<a class="govuk-back-link" href="/app/places">${words('places.back')}</a>`;

/** All slots are taken. */
export const full = (words) => html`
  ${back(words)}
  <h1 class="govuk-heading-l" tabindex="-1">${words('places.full.title', { count: SLOTS.length })}</h1>
  <p class="govuk-body">${words('places.full')}</p>
`;
