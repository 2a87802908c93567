// /people: who may do what; what waits for a second admin; a phone that is lost, access that ends.

import { html, nothing } from '../../vendor/lit-html.js';
import { disableStaff, sayLostPhone } from '../api/enrolment.js';
import { changeRoles, decideGrant, people } from '../api/people.js';
import { words } from '../api/vocabulary.js';
import { t } from '../i18n/index.js';
import { ask } from '../shell/dialog.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { checkbox } from '../shell/fields.js';
import { view } from '../shell/view.js';

/** @typedef {import('../api/people.js').Person} Person */
/** @typedef {import('../api/people.js').Grant} Grant */

/** @param {HTMLElement} root */
export async function openPeople(root) {
  const page = new PeoplePage(root, await people());
  page.view.drawNow();
  return () => page.view.close();
}

const labels = (roles) =>
  words('roles')
    .filter(({ value }) => roles.includes(value))
    .map(({ label }) => label)
    .join(', ');

const button = (label, name, click, kind = 'secondary') =>
  html`<button type="button" class="govuk-button govuk-button--${kind}" aria-label="${label}: ${name}" @click=${click}>${label}</button>`;

class PeoplePage {
  busy = false;
  notice = '';
  /** @type {any} */
  failure = null;
  /** @type {Record<string, string[]>} roles as they are being chosen, by uid */
  chosen = {};

  constructor(root, known) {
    this.known = known;
    this.view = view(root, () => this.template());
  }

  become(change, focus) {
    Object.assign(this, { busy: false, failure: null, notice: '', ...change });
    this.view.drawNow();
    if (focus) focusOn(focus);
  }

  /** @param {() => Promise<string>} work what gives the notice */
  async attempt(work) {
    if (this.busy) return;
    this.become({ busy: true });
    try {
      const notice = await work();
      this.become({ known: await people(), chosen: {}, notice }, 'notice');
    } catch (failure) {
      this.become({ failure }, 'failure');
    }
  }

  /** @param {Grant} grant @param {'confirm' | 'refuse'} verdict */
  decide = (grant, verdict) =>
    this.attempt(async () => {
      await decideGrant(grant, verdict);
      return t(`people.${verdict}.done`, grant);
    });

  /** @param {Person} person */
  saveRoles = (person) =>
    this.attempt(async () => {
      const { waiting } = await changeRoles(person, this.chosen[person.uid] ?? person.roles);
      return t(waiting ? 'people.roles.wait' : 'people.roles.done', person);
    });

  /** @param {Person} person */
  lostPhone = async (person) => {
    const body = () => html`<p class="govuk-body">${t('people.lost.body', person)}</p>`;
    if (!(await ask({ title: t('people.lost'), body, confirm: t('people.lost') }))) return;
    await this.attempt(async () => t(`people.lost.${await sayLostPhone(person.uid)}`, person));
  };

  /** @param {Person} person */
  disable = async (person) => {
    const body = () => html`<p class="govuk-body">${t('people.disable.body', person)}</p>`;
    if (!(await ask({ title: t('people.disable'), body, confirm: t('people.disable'), warning: true }))) return;
    await this.attempt(async () => {
      await disableStaff(person.uid, '');
      return t('people.disable.done', person);
    });
  };

  choose = (person, role, on) => {
    const roles = (this.chosen[person.uid] ?? person.roles).filter((one) => one !== role);
    this.chosen[person.uid] = on ? [...roles, role] : roles;
    this.view.draw();
  };

  /** @param {Grant} grant */
  waiting(grant) {
    return html`<li class="person" data-grant=${grant.id}>
      <p class="govuk-body"><strong>${grant.name}</strong>: ${labels(grant.roles)}. ${t('people.by', { name: grant.by.name })}</p>
      ${grant.may_confirm ? button(t('people.confirm'), grant.name, () => this.decide(grant, 'confirm'), 'primary') : nothing}
      ${grant.may_refuse ? button(t('people.refuse'), grant.name, () => this.decide(grant, 'refuse')) : nothing}
    </li>`;
  }

  /** @param {Person} person */
  roles(person) {
    const roles = this.chosen[person.uid] ?? person.roles;
    return html`<details>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">${t('people.roles')}<span class="govuk-visually-hidden">: ${person.name}</span></span>
      </summary>
      ${words('roles').map(({ value, label }) =>
        checkbox({ id: `${person.uid}-${value}`, label, checked: roles.includes(value), onchange: (on) => this.choose(person, value, on) }),
      )}
      ${button(t('people.roles.save'), person.name, () => this.saveRoles(person))}
    </details>`;
  }

  /** @param {Person} person */
  person(person) {
    const state = person.active ? labels(person.roles) || t('people.noRole') : t(`people.state.${person.state}`);
    const others = !person.me && person.kind === 'person' && person.own;
    return html`<li class="person" data-person=${person.uid}>
      <p class="govuk-body"><strong>${person.name}</strong> ${person.email ?? ''}<br />${state}</p>
      ${others ? this.roles(person) : nothing}
      ${others && person.active ? button(t('people.lost'), person.name, () => this.lostPhone(person)) : nothing}
      ${others && person.active ? button(t('people.disable'), person.name, () => this.disable(person), 'warning') : nothing}
    </li>`;
  }

  template() {
    const { items, grants } = this.known;
    return html`<h1 class="govuk-heading-l" tabindex="-1">${t('people.title')}</h1>
      ${this.failure ? failurePanel(this.failure) : nothing}
      ${this.notice ? html`<p class="govuk-inset-text" id="notice" tabindex="-1" role="status">${this.notice}</p>` : nothing}
      <p class="govuk-body"><a class="govuk-link" href="/invitations">${t('people.invite')}</a></p>
      ${grants.length ? html`<h2 class="govuk-heading-m">${t('people.waiting')}</h2><ul class="govuk-list">${grants.map((one) => this.waiting(one))}</ul>` : nothing}
      <h2 class="govuk-heading-m">${t('people.list')}</h2>
      <ul class="govuk-list">${items.map((one) => this.person(one))}</ul>`;
  }
}
