// One template: changed with its facts, and tried beside the form as it is typed.

import { html, nothing } from '../../vendor/lit-html.js';
import { Problem } from '../api/request.js';
import * as templates from '../api/templates.js';
import { prefilled } from '../facts/form.js';
import { language, t } from '../i18n/index.js';
import { ask } from '../shell/dialog.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { leaveNotice } from '../shell/notice.js';
import { navigate } from '../shell/router.js';
import { view } from '../shell/view.js';
import { approvalPart } from './approval.js';
import { templateForm } from './form.js';
import { keptOf } from './kept.js';
import { blank, fieldAt, modelOf, templateOf } from './model.js';
import { tryOut } from './try_out.js';

const NEW = 'new';

export async function openTemplate(root, session, { id }) {
  const [office, found] = await Promise.all([templates.everything(), id === NEW ? null : templates.get(id)]);
  if (id === NEW && !office.mayChange) throw new Problem(403, { title: t('templates.mayNot'), detail: t('templates.mayNot.detail') });
  const editor = new Editor(root, session.me.uid, { id, office, found });
  return () => editor.close();
}

class Editor {
  /** @type {string} */
  id;
  /** @type {import('../api/templates.js').Office} */
  office;
  /** As it is stored; null of a new one. @type {any} */
  found;
  /** @type {string} */
  etag;
  /** As it stands in the form. @type {any} */
  model;
  /** The facts that it is tried with. @type {Record<string, any>} */
  tried;
  /** @type {{field: string, message: string}[]} */
  errors = [];
  /** @type {unknown} */
  failure = null;
  busy = false;
  opened = new Set();
  notice = '';
  restored = false;
  key = crypto.randomUUID();

  constructor(root, uid, { id, office, found }) {
    this.me = uid;
    Object.assign(this, { id, office, found: found?.template ?? null, etag: found?.etag ?? null });
    this.kept = keptOf(uid, id, this.etag);
    const waiting = office.mayChange ? this.kept.read() : null;
    this.model = waiting ?? (this.found ? modelOf(this.found) : blank());
    this.restored = waiting !== null;
    this.tried = prefilled(this.template, office.telephone);
    this.view = view(root, () => this.page());
    this.view.drawNow();
  }

  close() {
    this.view.close();
  }

  /** As the API would take it. */
  get template() {
    return templateOf(this.model);
  }

  /** @param {any} model */
  set = (model) => {
    this.model = model;
    this.kept.write(model);
    this.view.draw();
  };

  setFact = (place, change) => this.set({ ...this.model, facts: this.model.facts.map((fact, index) => (index === place ? { ...fact, ...change } : fact)) });

  /** The facts that are shown whole. @param {number} place */
  isOpen = (place) => this.opened.has(place) || this.errors.some(({ field }) => field.startsWith(`facts-${place}-`));

  addFact = (fact) => {
    this.opened.add(this.model.facts.length);
    this.set({ ...this.model, facts: [...this.model.facts, fact] });
    this.focusSoon(`facts-${this.model.facts.length - 1}-label-pl`);
  };

  tryWith = (facts) => {
    this.tried = { ...this.tried, ...facts };
    this.view.draw();
  };

  focusSoon = (id) => setTimeout(() => focusOn(id));

  errorAt = (field) => this.errors.find((error) => error.field === field)?.message;

  discard = () => {
    this.kept.clear();
    Object.assign(this, { model: this.found ? modelOf(this.found) : blank(), restored: false, errors: [], failure: null });
    this.view.draw();
  };

  save = () => this.run(async () => {
    if (this.found) await templates.change(this.id, this.etag, this.template);
    else await templates.create(this.template, this.key);
    return t('templates.saved', { name: this.name });
  });

  /** Whether what stands in the form is what is stored. */
  get untouched() {
    return JSON.stringify(this.model) === JSON.stringify(this.found && modelOf(this.found));
  }

  approve = async () => {
    if (this.busy) return;
    Object.assign(this, { busy: true, errors: [], failure: null, notice: '' });
    this.view.drawNow();
    try {
      const { template, etag } = await templates.approve(this.id, this.etag);
      Object.assign(this, { busy: false, found: template, etag, notice: t('templates.approval.done') });
      this.kept = keptOf(this.me, this.id, etag);
      this.view.drawNow();
      focusOn('approval');
    } catch (error) {
      this.fail(error);
    }
  };

  /** Of a built-in one the change alone. */
  remove = async () => {
    const key = this.found.built_in ? 'restore' : 'delete';
    const sure = await ask({ title: t(`templates.${key}.title`, { name: this.name }), body: () => html`<p>${t(`templates.${key}.detail`)}</p>`, confirm: t(`templates.${key}`), warning: true });
    if (!sure) return;
    await this.run(async () => {
      await templates.remove(this.id, this.etag);
      return t(`templates.${key}.done`, { name: this.name });
    });
  };

  /** @param {() => Promise<string>} work what was done, in words */
  async run(work) {
    if (this.busy) return;
    Object.assign(this, { busy: true, errors: [], failure: null });
    this.view.drawNow();
    try {
      leaveNotice('template', await work());
      this.kept.clear();
      navigate('/templates');
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error) {
    const found = error instanceof Problem ? error.errors.map(({ pointer, detail, code }) => ({ field: fieldAt(pointer), message: detail || code })) : [];
    Object.assign(this, { busy: false, errors: found, failure: found.length ? null : error });
    this.view.drawNow();
    focusOn('failure');
  }

  get name() {
    return this.model.name[language()] || this.model.name.pl || t('templates.new');
  }

  problems() {
    if (this.failure) return failurePanel(this.failure, html`<p>${t('templates.kept')}</p>`);
    if (!this.errors.length) return nothing;
    return html`<div class="govuk-error-summary" id="failure" tabindex="-1" role="alert">
      <h2 class="govuk-error-summary__title">${t('error.summary')}</h2>
      <ul class="govuk-list govuk-error-summary__list">
        ${this.errors.map(({ field, message }) => html`<li><a href="#${field}">${message}</a></li>`)}
      </ul>
    </div>`;
  }

  buttons() {
    const busy = this.busy ? 'true' : nothing;
    return html`<div class="button-row">
      <button type="button" class="govuk-button" id="save" aria-disabled=${busy} @click=${this.save}>${this.busy ? t('field.busy') : t('templates.save')}</button>
      ${this.found && (!this.found.built_in || this.found.changed)
        ? html`<button type="button" class="govuk-button govuk-button--warning" id="remove" aria-disabled=${busy} @click=${this.remove}>
            ${t(this.found.built_in ? 'templates.restore' : 'templates.delete')}
          </button>`
        : nothing}
    </div>`;
  }

  page() {
    const { mayChange } = this.office;
    return html`<a class="govuk-back-link" href="/templates">${t('templates.title')}</a>
      ${this.problems()}
      <h1 class="govuk-heading-l" tabindex="-1">${this.name}</h1>
      ${this.restored
        ? html`<div class="govuk-inset-text notice">
            <p>${t('templates.restored')}</p>
            <button type="button" class="govuk-button govuk-button--secondary" @click=${this.discard}>${t('compose.discard')}</button>
          </div>`
        : nothing}
      <div class="template-page">
        ${mayChange ? html`<form novalidate @submit=${(event) => event.preventDefault()}>${templateForm(this)} ${this.buttons()}</form>` : nothing}
        ${tryOut(this)}
      </div>
      ${this.found ? approvalPart(this) : nothing}`;
  }
}
