// /invitations: who was invited, what became of their mail; inviting, sending again, withdrawing.

import { html, nothing } from '../../vendor/lit-html.js';
import * as api from '../api/enrolment.js';
import { Problem } from '../api/request.js';
import { words } from '../api/vocabulary.js';
import { locale, t } from '../i18n/index.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { checkbox, errorMessage, field, submitButton } from '../shell/fields.js';
import { view } from '../shell/view.js';
import { formatTime } from '../time/warsaw.js';

const EMPTY = { name: '', email: '', roles: /** @type {string[]} */ ([]) };

/** @param {HTMLElement} root */
export async function openInvitations(root) {
  const page = new InvitationsPage(root, await api.invitations());
  page.view.drawNow();
  return () => page.view.close();
}

class InvitationsPage {
  form = EMPTY;
  busy = false;
  notice = '';
  /** @type {any} */
  failure = null;
  /** @type {Record<string, string>} */
  errors = {};

  constructor(root, items) {
    this.items = items;
    this.view = view(root, () => this.template());
  }

  become(change, focus) {
    Object.assign(this, { busy: false, failure: null, errors: {}, notice: '', ...change });
    this.view.drawNow();
    if (focus) focusOn(focus);
  }

  /** @param {() => Promise<any>} work what gives the invitation as it is then */
  async attempt(work) {
    if (this.busy) return;
    this.become({ busy: true });
    try {
      const one = await work();
      const items = await api.invitations();
      this.become({ items, form: EMPTY, notice: t(`invitations.mail.${one.mail}`, one) }, 'notice');
    } catch (error) {
      this.refused(error);
    }
  }

  refused(error) {
    const wrong = error instanceof Problem ? error.errors : [];
    const errors = Object.fromEntries(wrong.map(({ pointer, detail }) => [pointer.slice(1), detail]));
    if (wrong.length) return this.become({ errors }, wrong[0].pointer.slice(1));
    return this.become({ failure: error }, 'failure');
  }

  invite = (event) => {
    event.preventDefault();
    return this.attempt(() => api.invite(this.form));
  };

  typed = (event) => {
    this.form = { ...this.form, [event.target.name]: event.target.value };
  };

  choose = (role, on) => {
    const roles = this.form.roles.filter((one) => one !== role);
    this.form = { ...this.form, roles: on ? [...roles, role] : roles };
    this.view.drawNow();
  };

  roles() {
    return html`<fieldset class="govuk-fieldset" id="roles" tabindex="-1">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${t('invitations.roles')}</legend>
      <p class="govuk-hint">${t('invitations.roles.hint')}</p>
      ${this.errors.roles ? errorMessage('roles', this.errors.roles) : nothing}
      ${words('roles').map(({ value, label }) =>
        checkbox({ id: `role-${value}`, label, checked: this.form.roles.includes(value), onchange: (on) => this.choose(value, on) }),
      )}
    </fieldset>`;
  }

  row(one) {
    const again = () => this.attempt(() => api.sendInvitation(one.uid, one.revision));
    const withdraw = () => this.attempt(() => api.withdrawInvitation(one.uid));
    const open = ['open', 'ended'].includes(one.state);
    const button = (label, click) =>
      html`<button type="button" class="govuk-button govuk-button--secondary" aria-label="${label}: ${one.name}" @click=${click}>${label}</button>`;
    return html`<li class="invitation" data-invitation=${one.uid}>
      <p class="govuk-body"><strong>${one.name}</strong> ${one.email}</p>
      <p class="govuk-body">
        ${t(`invitations.state.${one.state}`, { time: formatTime(one.ends, locale()) })} ${open ? t(`invitations.mail.${one.mail}`, one) : nothing}
      </p>
      ${open ? html`<p>${button(t('invitations.again'), again)} ${button(t('invitations.withdraw'), withdraw)}</p>` : nothing}
    </li>`;
  }

  template() {
    const { form, errors } = this;
    return html`<h1 class="govuk-heading-l" tabindex="-1">${t('invitations.title')}</h1>
      ${this.failure ? failurePanel(this.failure) : nothing}
      ${this.notice ? html`<p class="govuk-inset-text" id="notice" tabindex="-1" role="status">${this.notice}</p>` : nothing}
      <form novalidate @submit=${this.invite}>
        ${field({ id: 'name', label: t('invitations.name'), error: errors.name, input: { value: form.name, oninput: this.typed } })}
        ${field({ id: 'email', label: t('signIn.email'), error: errors.email, input: { type: 'email', value: form.email, oninput: this.typed } })}
        ${this.roles()} ${submitButton(t('invitations.send'), this.busy)}
      </form>
      <h2 class="govuk-heading-m">${t('invitations.list')}</h2>
      ${this.items.length ? nothing : html`<p class="govuk-body">${t('invitations.none')}</p>`}
      <ul class="govuk-list">
        ${this.items.map((one) => this.row(one))}
      </ul>`;
  }
}
