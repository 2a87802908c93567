// /app/visit#cell=..&label=..&until=..: a place from a link or a QR code, to be confirmed by the visitor.

import { html } from '../../vendor/lit-html.js';
import { pending } from '../shell/steps.js';
import { centreOf } from './cells.js';
import { Details } from './details.js';
import { PlaceForm } from './form.js';
import { readLink } from './link.js';
import { back, full } from './new.js';
import { Placing } from './placing.js';
import { currentPlaces, freeSlot } from './store.js';

export async function open(app, { fragment }) {
  const { words } = app;
  const title = () => words('places.visit.title');
  const link = await readLink(fragment);
  if (link.problem) return { title, template: () => wrong(words, title(), link.problem) };
  const places = await currentPlaces(app.session);
  const known = places.find(({ cell }) => cell === link.cell);
  const slot = async () => known?.slot ?? freeSlot(await currentPlaces(app.session));
  if (!(await slot())) return { title, template: () => full(words) };
  const placing = new Placing({ app, fixed: true });
  const leave = (receives) => app.finished('place', '/app/places', { receives });
  const form = new PlaceForm({ app, placing, details: new Details({ app, ...link, label: link.label || words('places.visit.label') }), slot, leave, asks: pending()?.name === 'place' });
  await placing.begin(await centreOf(link.cell), null, known && words('places.visit.known', { label: known.label }));
  const template = () => html`
    ${back(words)}
    <h1 class="govuk-heading-l" tabindex="-1">${title()}</h1>
    <p class="govuk-body">${words('places.visit.about')}</p>
    ${form.template()}
  `;
  return { title, template, close: () => placing.close() };
}

const wrong = (words, title, problem) => html`
  ${back(words)}
  <h1 class="govuk-heading-l" tabindex="-1">${title}</h1>
  <p class="govuk-body">${words(`places.visit.${problem}`)}</p>
  <p class="govuk-body"><a class="govuk-link" href="/app/places/new">${words('places.visit.instead')}</a></p>
`;
