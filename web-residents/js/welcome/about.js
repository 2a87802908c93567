// What the app is, what it keeps of a resident, whom to ask, and whose work it stands on.

import { html, nothing } from '../../vendor/lit-html.js';
import { words } from '../i18n/words.js';
import { agreedAt } from '../session/consent.js';
import { municipalities } from '../places/municipality.js';
import { linked } from '../shell/linked.js';
import { moment } from '../shell/times.js';

const FIELDS = ['phone', 'email', 'address', 'dpo'];

/** Loads Firebase only for one who has agreed; before, whoever may be asked is named. @returns {Promise<() => void>} ends it */
async function watchContacts(app, changed) {
  if (!app.session) {
    municipalities().then((served) => changed(served.filter(({ contact }) => contact)), console.error);
    return () => {};
  }
  const { watchOffices } = await import('./contacts.js');
  return watchOffices(app, changed, console.error);
}

export async function open(app) {
  let towns = [];
  const close = await watchContacts(app, (found) => {
    towns = found;
    app.redraw();
  });
  return {
    title: () => words('about.title'),
    template: () => html`
      <h1 class="govuk-heading-l">${words('about.title')}</h1>
      ${part('about.what', ['about.what.1', 'about.what.2', 'about.what.3'])}
      ${part('about.data', ['who', 'what', 'precise', 'where', 'transfer', 'long', 'free', 'rights'].map((key) => `about.data.${key}`))} ${mine(app)}
      <h2 class="govuk-heading-m">${words('about.contact')}</h2>
      ${towns.length ? towns.map(town) : html`<p class="govuk-body">${words('about.contact.none')}</p>`}
      <h2 class="govuk-heading-m">${words('about.licences')}</h2>
      <p class="govuk-body">
        ${words('about.licences.body')} <a class="govuk-link" href="/vendor/LICENSES.txt">${words('about.licences.link')}</a>
      </p>
    `,
    close,
  };
}

const part = (title, keys) => html`<h2 class="govuk-heading-m">${words(title)}</h2>
  ${keys.map((key) => html`<p class="govuk-body">${linked(words(key))}</p>`)}`;

function mine(app) {
  const time = agreedAt();
  if (!time) return nothing;
  return html`<p class="govuk-body">${words('about.agreed', { date: moment(time, app.language) })}</p>
    <p class="govuk-body"><a class="govuk-link" href="/app/me">${words('about.data.mine')}</a></p>`;
}

const value = (name, text) => {
  if (name === 'phone') return html`<a class="govuk-link" href="tel:${text.replace(/[^+\d]/g, '')}">${text}</a>`;
  return name === 'email' ? html`<a class="govuk-link" href="mailto:${text}">${text}</a>` : text;
};

const town = ({ name, contact }) => html`<h3 class="govuk-heading-s">${name}</h3>
  <dl class="contact">
    ${FIELDS.filter((field) => contact[field]).map((field) => html`<dt>${words(`about.contact.${field}`)}</dt><dd>${value(field, contact[field])}</dd>`)}
  </dl>`;
