// /app/places/:slot: a place that is there: moved, renamed, ended, or passed on to visitors.

import { html, nothing } from '../../vendor/lit-html.js';
import { Details } from './details.js';
import { PlaceForm } from './form.js';
import { back } from './new.js';
import { Placing } from './placing.js';
import { Sharing } from './share.js';
import { currentPlaces } from './store.js';

export async function open(app, { slot }) {
  const { words } = app;
  const place = (await currentPlaces(app.session)).find((one) => one.slot === slot);
  if (!place?.cell && !place?.whole) return { title: () => words('places.gone.title'), template: () => gone(words) };
  const title = () => words('places.edit.title', { label: place.label || words('places.unnamed') });
  const placing = new Placing({ app });
  const form = new PlaceForm({ app, placing, details: Details.of(app, place), slot: async () => slot });
  const sharing = place.cell ? new Sharing(app, { ...place, cell: place.cell }) : null;
  await placing.beginAt(place);
  const template = () => html`
    ${back(words)}
    <h1 class="govuk-heading-l" tabindex="-1">${title()}</h1>
    ${form.template()} ${placing.chosen ? sharing?.template() ?? nothing : nothing}
  `;
  return { title, template, close: () => placing.close() };
}

const gone = (words) => html`
  ${back(words)}
  <h1 class="govuk-heading-l" tabindex="-1">${words('places.gone.title')}</h1>
  <p class="govuk-body">${words('places.gone')}</p>
`;
