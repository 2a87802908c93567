// /centres: how the crisis centres of powiat and voivodeship are reached; an admin enters it.

import { html, nothing } from '../../vendor/lit-html.js';
import { centres, keepCentres } from '../api/reports.js';
import { Problem } from '../api/request.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { field } from '../shell/fields.js';
import { view } from '../shell/view.js';
import { say } from './words.js';

const CENTRES = ['powiat', 'voivodeship'];
const FIELDS = { name: 'text', phone: 'tel', email: 'email' };

/** @param {HTMLElement} root @param {any} session */
export async function openCentres(root, session) {
  const page = new CentresPage(root, await centres(), session.me.pages.includes('people'));
  page.view.drawNow();
  return () => page.view.close();
}

class CentresPage {
  /** @type {unknown} */
  failure = null;
  /** By pointer. @type {Record<string, string>} */
  errors = {};
  busy = false;
  done = false;
  revision = 0;
  /** As it is entered, by centre and field. @type {Record<string, any>} */
  typed = {};

  /** @param {HTMLElement} root @param {import('../api/reports.js').Centres} known @param {boolean} may */
  constructor(root, known, may) {
    this.may = may;
    this.take(known);
    this.view = view(root, () => this.template());
  }

  take(known) {
    this.revision = known.revision;
    this.typed = Object.fromEntries(CENTRES.map((centre) => [centre, { name: '', phone: '', email: '', ...known[centre] }]));
  }

  /** Null for one without a word. */
  entered = (centre) => (Object.values(this.typed[centre]).some(Boolean) ? this.typed[centre] : null);

  keep = async (event) => {
    event.preventDefault();
    if (this.busy) return;
    Object.assign(this, { busy: true, failure: null, errors: {}, done: false });
    this.view.draw();
    try {
      const { revision } = this;
      this.take(await keepCentres({ revision, powiat: this.entered('powiat'), voivodeship: this.entered('voivodeship') }));
      this.done = true;
    } catch (error) {
      this.failure = error;
      if (error instanceof Problem) this.errors = Object.fromEntries(error.errors.map(({ pointer, detail }) => [pointer, detail]));
    }
    this.busy = false;
    this.view.drawNow();
    focusOn(this.failure ? 'failure' : 'centres-kept');
  };

  template = () => html`<a class="govuk-back-link" href="/alerts">Alert Online</a>
    ${this.failure ? failurePanel(this.failure) : nothing}
    <h1 class="govuk-heading-l" tabindex="-1">${say('centres.title')}</h1>
    ${this.done ? html`<p class="govuk-inset-text" id="centres-kept" tabindex="-1" role="status">${say('centres.kept')}</p>` : nothing}
    <p class="govuk-body">${say(this.may ? 'centres.intro' : 'centres.admin')}</p>
    ${this.may ? this.form() : this.read()}`;

  form = () => html`<form @submit=${this.keep} novalidate>
    ${CENTRES.map((centre) => Object.keys(FIELDS).map((name) => this.input(centre, name)))}
    <button type="submit" class="govuk-button" aria-disabled=${this.busy ? 'true' : nothing}>${say('centres.keep')}</button>
  </form>`;

  input(centre, name) {
    const type = FIELDS[name];
    const value = this.typed[centre][name] ?? '';
    const oninput = ({ target }) => (this.typed[centre][name] = target.value);
    const label = say(`centres.${name}`, { centre: say(`centre.${centre}`) });
    return field({ id: `${centre}-${name}`, label, error: this.errors[`/${centre}/${name}`], input: { type, value, oninput } });
  }

  read = () => html`<ul class="govuk-list govuk-list--bullet">
    ${CENTRES.map((centre) => this.typed[centre])
      .filter(({ name }) => name)
      .map(({ name, phone, email }) => html`<li>${[name, phone, email].filter(Boolean).join(', ')}</li>`)}
  </ul>`;
}
