// /rights: who may do what, what waits for a second admin, who stands in. Others than admins see the stand-in alone.

import { html, nothing } from '../../vendor/lit-html.js';
import { savedAreas } from '../api/areas.js';
import * as api from '../api/rights.js';
import { everything } from '../api/templates.js';
import { learnVocabulary } from '../api/vocabulary.js';
import { language, t } from '../i18n/index.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { field, submitButton } from '../shell/fields.js';
import { view } from '../shell/view.js';
import { readRights, rightsFields } from './rights_form.js';
import { standInPart } from './stand_in.js';
import { rightsWords } from './words.js';

const GUEST = { roles: [], scopes: {} };

/** @param {HTMLElement} root @param {any} session */
export async function openRights(root, session) {
  const page = new RightsPage(root, session.me);
  await Promise.all([learnVocabulary(), page.load()]);
  page.view.drawNow();
  return () => page.view.close();
}

class RightsPage {
  /** @type {any} */
  failure = null;
  notice = '';
  /** @type {string | null} */
  editing = null;
  busy = false;
  /** @type {{items: api.Person[], grants: api.Grant[]}} */
  people = { items: [], grants: [] };
  /** @type {{own: any, naming: any[]}} */
  standIns = { own: null, naming: [] };
  /** @type {{areas: Record<string, string>, templates: Record<string, string>}} */
  names = { areas: {}, templates: {} };

  constructor(root, me) {
    this.admin = me.roles.includes('admin') && !me.on_behalf;
    this.view = view(root, () => this.template());
  }

  async load() {
    this.standIns = await api.standIns();
    if (!this.admin) return;
    const [people, areas, office] = await Promise.all([api.people(), savedAreas(), everything()]);
    this.people = people;
    this.names = {
      areas: Object.fromEntries(areas.map(({ id, name }) => [id, name])),
      templates: Object.fromEntries(office.templates.map(({ id, name }) => [id, name[language()] ?? name.pl])),
    };
  }

  /** Does it, reads anew, says it; or shows why not. @param {(api: any) => Promise<any>} work @param {string | ((answer: any) => string)} notice */
  async work(work, notice) {
    if (this.busy) return;
    this.busy = true;
    Object.assign(this, { failure: null, notice: '' });
    try {
      const answer = await work(api);
      await this.load();
      this.notice = t(typeof notice === 'string' ? notice : notice(answer));
      this.editing = null;
    } catch (error) {
      this.failure = error;
    }
    this.busy = false;
    this.view.drawNow();
    focusOn(this.failure ? 'failure' : 'rights-notice');
  }

  act = (work, notice) => () => this.work(work, notice);

  save = (person) => (event) => {
    event.preventDefault();
    const rights = readRights(event.target);
    this.work(
      () => api.changeRights(person, rights),
      ({ waiting }) => (waiting ? 'rights.waiting' : 'rights.saved'),
    );
  };

  admit = (event) => {
    event.preventDefault();
    const { roles } = readRights(event.target);
    const email = event.target.elements.email.value;
    this.work(() => api.admit(email, roles), 'rights.admitted');
  };

  propose = (event) => {
    event.preventDefault();
    const { elements } = event.target;
    const emails = elements['stand-in-people'].value.split(/[\s,;]+/).filter(Boolean);
    this.work(() => api.agree(this.standIns.own, elements['stand-in-name'].value, emails), 'rights.standIn.proposed');
  };

  edit(uid) {
    this.editing = uid;
    this.view.drawNow();
    focusOn(uid ? `rights-${uid}` : 'rights-list');
  }

  template() {
    return html`${this.failure ? failurePanel(this.failure) : nothing}
      <h1 class="govuk-heading-l" tabindex="-1">${t('rights.title')}</h1>
      ${this.notice ? html`<p class="govuk-inset-text" id="rights-notice" tabindex="-1" role="status">${this.notice}</p>` : nothing}
      ${this.admin ? html`${this.grants()} ${this.list()} ${this.guest()}` : nothing}
      ${standInPart(this.standIns, language(), this.admin, this.act, this.propose)}`;
  }

  grants() {
    if (!this.people.grants.length) return nothing;
    return html`<h2 class="govuk-heading-m">${t('rights.grants')}</h2>
      <ul class="govuk-list" id="grants">
        ${this.people.grants.map((grant) => html`<li>${this.grant(grant)}</li>`)}
      </ul>`;
  }

  grant(grant) {
    const button = (what, label, notice) =>
      html`<button type="button" class="govuk-button govuk-button--secondary" @click=${this.act(() => api.decide(grant, what), notice)}>
        ${label}<span class="govuk-visually-hidden"> (${grant.name})</span>
      </button>`;
    return html`<p class="govuk-body"><strong>${grant.name}</strong>: ${rightsWords(grant, this.names).join('; ')}. ${t('rights.askedBy', { name: grant.by.name })}</p>
      <div class="govuk-button-group">
        ${grant.may_confirm ? button('confirm', t('rights.confirm'), 'rights.confirmed') : html`<p class="govuk-hint">${t('rights.another')}</p>`}
        ${grant.may_refuse ? button('refuse', t('rights.refuse'), 'rights.refused') : nothing}
      </div>`;
  }

  list() {
    return html`<h2 class="govuk-heading-m" id="rights-list" tabindex="-1">${t('rights.list')}</h2>
      <ul class="govuk-list">
        ${this.people.items.map((person) => html`<li class="rights__one">${this.person(person)}</li>`)}
      </ul>`;
  }

  person(person) {
    const lines = rightsWords(person, this.names);
    const notes = [person.own ? '' : t('rights.guest'), person.active ? '' : t(person.state === 'invited' ? 'rights.invited' : 'rights.inactive')];
    return html`<h3 class="govuk-heading-s">${person.name}${notes.filter(Boolean).map((note) => html` <span class="govuk-hint">${note}</span>`)}</h3>
      ${lines.length
        ? html`<ul class="govuk-list govuk-list--bullet">
            ${lines.map((line) => html`<li>${line}</li>`)}
          </ul>`
        : html`<p class="govuk-body">${t('rights.noRole')}</p>`}
      ${this.editing === person.uid ? this.rights(person) : this.change(person)}`;
  }

  change(person) {
    if (person.me) return html`<p class="govuk-hint">${t('rights.me')}</p>`;
    if (person.kind !== 'person') return nothing;
    return html`<button type="button" class="govuk-button govuk-button--secondary" @click=${() => this.edit(person.uid)}>
      ${t('rights.change')}<span class="govuk-visually-hidden"> (${person.name})</span>
    </button>`;
  }

  rights(person) {
    return html`<form novalidate id="rights-${person.uid}" tabindex="-1" aria-label=${t('rights.rightsOf', { name: person.name })} @submit=${this.save(person)}>
      ${rightsFields(person, this.names)}
      <p class="govuk-hint">${t('rights.byTwo')}</p>
      <div class="govuk-button-group">
        ${submitButton(t('rights.save'), this.busy)}
        <button type="button" class="govuk-button govuk-button--secondary" @click=${() => this.edit(null)}>${t('rights.cancel')}</button>
      </div>
    </form>`;
  }

  guest() {
    if (this.editing) return nothing;
    return html`<details class="govuk-details">
      <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t('rights.admit')}</span></summary>
      <form class="govuk-details__text" novalidate @submit=${this.admit}>
        ${field({ id: 'email', label: t('rights.email'), hint: t('rights.email.hint'), input: { type: 'email' } })} ${rightsFields(GUEST, this.names)}
        ${submitButton(t('rights.admit.do'), this.busy)}
      </form>
    </details>`;
  }
}
