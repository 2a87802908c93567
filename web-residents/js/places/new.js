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
  const details = new Details({ app, label: places.length ? '' : words('places.preset.home') });
  const slot = async () => freeSlot(await currentPlaces(app.session));
  const same = async (cell) => (await currentPlaces(app.session)).find((place) => place.cell === cell)?.label ?? null;
  const form = new PlaceForm({ app, placing, details, slot, same, leave: () => app.finished('place', '/app/places') });
  const template = () => html`
    ${step ? nothing : back(words)}
    <h1 class="govuk-heading-l" tabindex="-1">${title()}</h1>
    ${placing.position ? nothing : privately(words)} ${form.template()} ${placing.position ? privately(words) : nothing}
  `;
  return { title, template, close: () => placing.close() };
}

const privately = (words) => html`<p class="govuk-body">${words('places.new.private')}</p>`;

export const back = (words) => html`<a class="govuk-back-link" href="/app/places">${words('places.back')}</a>`;

/** All slots are taken. */
export const full = (words) => html`
  ${back(words)}
  <h1 class="govuk-heading-l" tabindex="-1">${words('places.full.title', { count: SLOTS.length })}</h1>
  <p class="govuk-body">${words('places.full')}</p>
`;
