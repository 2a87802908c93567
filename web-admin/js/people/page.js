// /people: what waits for a second admin, who may do what, invitations, who stands in. Others than admins see the stand-in alone.

import { html, nothing } from '../../vendor/lit-html.js';
import { savedAreas } from '../api/areas.js';
import * as enrolment from '../api/enrolment.js';
import { sees } from '../api/own_pages.js';
import * as api from '../api/people.js';
import { Problem } from '../api/request.js';
import { everything } from '../api/templates.js';
import { language, t } from '../i18n/index.js';
import { ask } from '../shell/dialog.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { textarea } from '../shell/fields.js';
import { goTo } from '../shell/places.js';
import { view } from '../shell/view.js';
import { grantsPart } from './grants.js';
import { invitationsPart } from './invitations.js';
import { peoplePart } from './list.js';
import { readRights } from './rights_form.js';
import { standInPart } from './stand_in.js';

const NEWCOMER = { name: '', email: '', roles: /** @type {string[]} */ ([]) };
const OF_NEWCOMER = ['name', 'email', 'roles'];

/** @param {HTMLElement} root @param {any} session */
export async function openPeople(root, session) {
  const page = new PeoplePage(root, session);
  await page.load();
  page.view.drawNow();
  return () => page.view.close();
}

export class PeoplePage {
  /** @type {any} */
  failure = null;
  notice = '';
  /** Whose rights stand in a form. @type {string | null} */
  editing = null;
  busy = false;
  /** @type {{items: api.Person[], grants: api.Grant[]}} */
  people = { items: [], grants: [] };
  /** @type {enrolment.Invitation[]} */
  invitations = [];
  newcomer = NEWCOMER;
  /** What is typed in other fields, by id: a refusal costs nobody their words. @type {Record<string, string>} */
  words = {};
  /** What is wrong with the newcomer, by field. @type {Record<string, string>} */
  errors = {};
  /** @type {{own: api.StandIn | null, naming: api.StandIn[]}} */
  standIns = { own: null, naming: [] };
  /** Of what scopes name, by id. @type {{areas: Record<string, string>, templates: Record<string, string>}} */
  names = { areas: {}, templates: {} };

  constructor(root, session) {
    this.session = session;
    this.admin = sees(session.me, 'people');
    this.view = view(root, () => this.template());
  }

  async load() {
    this.standIns = await api.standIns();
    if (!this.admin) return;
    const [people, invitations, areas, office] = await Promise.all([api.people(), enrolment.invitations(), savedAreas(), everything()]);
    Object.assign(this, { people, invitations });
    this.names = {
      areas: Object.fromEntries(areas.map(({ id, name }) => [id, name])),
      templates: Object.fromEntries(office.templates.map(({ id, name }) => [id, name[language()] ?? name.pl])),
    };
  }

  /** @param {string} id of a field */
  input = (id) => ({
    value: this.words[id] ?? '',
    oninput: ({ target }) => {
      this.words = { ...this.words, [id]: target.value };
    },
  });

  become(change, focus) {
    Object.assign(this, { busy: false, failure: null, errors: {}, notice: '', ...change });
    this.view.drawNow();
    if (focus) focusOn(focus);
  }

  /** Does it, reads anew, says what came of it; or shows why not. @param {() => Promise<string>} work gives the words @param {object} then */
  async work(work, then = {}) {
    if (this.busy) return;
    this.become({ busy: true });
    try {
      const notice = await work();
      await this.load();
      this.become({ notice, editing: null, words: {}, ...then }, 'notice');
    } catch (failure) {
      this.become({ failure }, 'failure');
    }
  }

  // What waits, and rights

  /** @param {api.Grant} grant @param {'confirm' | 'refuse'} verdict */
  decide = (grant, verdict) =>
    this.work(async () => {
      await api.decideGrant(grant, verdict);
      return t(`people.${verdict}.done`, grant);
    });

  edit = (uid) => {
    this.become({ editing: uid }, uid ? `rights-${uid}` : 'people-list');
  };

  /** @param {api.Person} person */
  save = (person) => (event) => {
    event.preventDefault();
    const rights = readRights(event.target);
    this.work(async () => {
      const { waiting } = await api.changeRights(person, rights);
      return t(waiting ? 'rights.waiting' : 'rights.saved', person);
    });
  };

  admit = async (event) => {
    event.preventDefault();
    const form = event.target;
    await this.work(async () => {
      await api.admit(this.words['guest-email'] ?? '', readRights(form));
      return t('rights.admitted');
    });
    if (!this.failure) form.reset();
  };

  /** @param {api.Person} person */
  lostPhone = async (person) => {
    const body = () => html`<p class="govuk-body">${t('people.lost.body', person)}</p>`;
    if (!(await ask({ title: t('people.lost'), body, confirm: t('people.lost') }))) return;
    await this.work(async () => t(`people.lost.${await enrolment.sayLostPhone(person.uid)}`, person));
  };

  /** @param {api.Person} person */
  disable = async (person) => {
    let why = '';
    const typed = ({ target }) => {
      why = target.value;
    };
    const body = () => html`<p class="govuk-body">${t('people.disable.body', person)}</p>
      ${textarea({ id: 'disable-why', label: t('rights.why'), rows: 2, input: { oninput: typed } })}`;
    if (!(await ask({ title: t('people.disable'), body, confirm: t('people.disable'), warning: true }))) return;
    await this.work(async () => {
      await enrolment.disableStaff(person.uid, why);
      return t('people.disable.done', person);
    });
  };

  // Invitations

  typed = ({ target }) => {
    this.newcomer = { ...this.newcomer, [target.name]: target.value };
  };

  choose = (role, on) => {
    const roles = this.newcomer.roles.filter((one) => one !== role);
    this.newcomer = { ...this.newcomer, roles: on ? [...roles, role] : roles };
    this.view.drawNow();
  };

  invite = async (event) => {
    event.preventDefault();
    await this.mail(() => enrolment.invite(this.newcomer));
    const wrong = this.failure instanceof Problem ? this.failure.errors.map((one) => ({ ...one, field: one.pointer.slice(1) })) : [];
    if (!wrong.some(({ field }) => OF_NEWCOMER.includes(field))) return;
    this.become({ errors: Object.fromEntries(wrong.map(({ field, detail }) => [field, detail])) }, wrong[0].field);
  };

  /** @param {() => Promise<enrolment.Invitation>} work what gives the invitation as it is then */
  mail = (work) =>
    this.work(
      async () => {
        const one = await work();
        return t(one.state === 'withdrawn' ? 'invitations.withdrawn' : `invitations.mail.${one.mail}`, one);
      },
      { newcomer: NEWCOMER },
    );

  // Who stands in

  propose = (event) => {
    event.preventDefault();
    const { 'stand-in-name': name = '', 'stand-in-people': listed = '' } = this.words;
    const emails = listed.split(/[\s,;]+/).filter(Boolean);
    this.work(async () => {
      await api.agree(this.standIns.own, name, emails);
      return t('standIn.proposed');
    });
  };

  /** @param {() => Promise<unknown>} step @param {string} done */
  stepOf = (step, done) =>
    this.work(async () => {
      await step();
      return t(done);
    });

  /** Whoever stands in goes to work there. @param {api.StandIn} one */
  begin = async (one) => {
    await this.stepOf(() => api.standIn(one, 'begin'), 'standIn.begun');
    if (!this.failure && this.standIns.naming.some(({ terc }) => terc === one.terc)) goTo(one.terc);
  };

  /** @param {api.StandIn} one */
  end = async (one) => {
    await this.stepOf(() => api.standIn(one, 'end'), 'standIn.ended');
    if (!this.failure && this.session.me.on_behalf && this.session.me.terc === one.terc) goTo('', '/people');
  };

  template() {
    return html`${this.failure ? failurePanel(this.failure) : nothing}
      <h1 class="govuk-heading-l" tabindex="-1">${t(this.admin ? 'people.title' : 'standIn.title')}</h1>
      ${this.notice ? html`<p class="govuk-inset-text" id="notice" tabindex="-1" role="status">${this.notice}</p>` : nothing}
      ${this.admin ? html`${grantsPart(this)} ${peoplePart(this)} ${invitationsPart(this)}` : nothing} ${standInPart(this)}
      ${this.admin
        ? html`<h2 class="govuk-heading-m">${t('review.title')}</h2>
            <p class="govuk-body">${t('people.review')} <a class="govuk-link" href="/review">${t('people.review.open')}</a></p>`
        : nothing}`;
  }
}
