// Sending at once by whoever is on duty, from the last step of composing: with a reason, held or asked about. What is out of the
// ordinary, or left unsaid, costs one tap.

import { html, nothing } from '../../vendor/lit-html.js';
import { named, unsaidNote } from '../alerts/unsaid.js';
import * as alerts from '../api/alerts.js';
import { Problem, Unreachable } from '../api/request.js';
import { action, textsFor } from '../api/vocabulary.js';
import { chip, chips } from '../facts/time_field.js';
import { t } from '../i18n/index.js';
import { ask } from '../shell/dialog.js';
import { checkbox, errorMessage, textarea } from '../shell/fields.js';
import { holding } from '../shell/hold.js';
import { leaveNotice } from '../shell/notice.js';
import { navigate } from '../shell/router.js';
import { contentOf } from './content.js';
import { messageAt } from './errors.js';
import { soundLater } from './options.js';
import { reachWords } from './reach_panel.js';
import { save } from './saving.js';
import { surprise, usualOf } from './surprise.js';

export const SEND_NOW = 'send_now';
const REASONS = ['alone.reason.danger', 'alone.reason.night', 'alone.reason.time'];
const OTHER = 'other';
const LONGEST_REASON = 500; // characters; openapi.yaml, Reason

export class Alone {
  /** By which chip. */
  chosen = '';
  /** In the person's own words. */
  own = '';
  /** Of which doubts it was said that they are known: of others it was not. */
  known = '';
  /** An answer was lost: the alert may be out. */
  uncertain = false;
  hold = holding({ held: () => this.go(true), pressed: () => this.go(false) });

  /** @param {any} page the state and actions of page.js */
  constructor(page) {
    this.page = page;
  }

  close() {
    removeEventListener('online', this.learn);
  }

  get reason() {
    return this.chosen === OTHER ? this.own.trim() : this.chosen && t(this.chosen);
  }

  /** What makes a second look worth a tap. @returns {string[]} */
  get doubts() {
    const { reach, told, fields, unsaid } = this.page;
    const covers = reach.status === 'known' ? reach.figures.covers : null;
    const odd = covers ? surprise({ inside: covers.inside, all: covers.total }, usualOf(told.office.templates, fields.values)) : null;
    const elements = [...new Set(unsaid.map(named))];
    return [...(odd ? [odd] : []), ...(elements.length ? [t('alone.unsaid', { elements: elements.join(', ') })] : [])];
  }

  get sure() {
    return this.known === this.doubts.join('\n');
  }

  change(part) {
    Object.assign(this, part);
    this.page.view.draw();
  }

  /** @returns {{field: string, message: string}[]} */
  faults() {
    const long = this.reason.length > LONGEST_REASON;
    return [
      ...(this.reason && !long ? [] : [{ field: 'alone-reason', message: t(long ? 'alone.longReason' : 'alone.noReason', { most: LONGEST_REASON }) }]),
      ...(this.doubts.length && !this.sure ? [{ field: 'sure', message: t('alone.unsure') }] : []),
    ];
  }

  go = async (held) => {
    const { page } = this;
    if (page.busy) return;
    const errors = [...page.sending.faults(true).errors, ...this.faults()];
    if (errors.length) {
      page.sending.showErrors(errors);
      return;
    }
    const seen = page.reach.status !== 'busy'; // what is still counted may be out of the ordinary
    if (!(held && seen) && !(await this.asked())) return;
    if (page.busy) return;
    Object.assign(page, { busy: SEND_NOW, errors: [], failure: null, changes: [] });
    page.view.drawNow();
    await page.draft.autosave.stop();
    try {
      if (!(await this.isOut())) await this.deliver();
      this.done();
    } catch (error) {
      await this.failed(error);
    }
  };

  asked() {
    const { question } = action(SEND_NOW);
    const { reach } = this.page;
    return ask({
      title: question?.title ?? '',
      confirm: action(SEND_NOW).label,
      warning: true,
      body: () => html`${textsFor(question?.texts ?? [], {}).map((text) => html`<p class="govuk-body">${text}</p>`)}
        ${reach.status === 'known' ? html`<p class="govuk-body"><strong>${reachWords(reach.figures)}</strong></p>` : nothing}`,
    });
  }

  async deliver() {
    const { saved, fields, area, draft, unsaid } = this.page;
    const { id, etag } = await save(saved, contentOf(fields, area.parts));
    draft.keepHere();
    await alerts.act(id, etag, SEND_NOW, { reason: this.reason, ...(unsaid.length ? { all_the_same: true } : {}) });
  }

  /** After a lost answer: whether the server had taken it. */
  async isOut() {
    if (!this.uncertain || !this.page.saved.id) return false;
    const { sent_alone: alone, approved } = await alerts.get(this.page.saved.id);
    return Boolean(alone && approved);
  }

  /** Said only of what the server has confirmed. */
  done() {
    this.page.draft.store.clear();
    leaveNotice(SEND_NOW);
    navigate(`/alerts/${this.page.saved.id}`);
  }

  async failed(error) {
    const { page } = this;
    if (error instanceof Unreachable) {
      this.uncertain = true;
      page.draft.keepHere();
      addEventListener('online', this.learn);
    } else page.sending.goOn(error);
    if (error instanceof Problem) await page.draft.learnChanges(error);
    page.sending.showFailure(error);
  }

  /** With the network back, what has become of it is looked up; sending again stays the person's word. */
  learn = async () => {
    if (this.page.busy || this.page.closed) return;
    if (await this.isOut().catch(() => false)) this.done();
  };

  reasons() {
    const error = messageAt(this.page.errors, 'alone-reason');
    return html`<div id="alone-reason" tabindex="-1" class="govuk-form-group ${error ? 'govuk-form-group--error' : ''}">
      <p class="govuk-label govuk-label--s">${t('alone.reason')}</p>
      ${error ? errorMessage('alone-reason', error) : nothing}
      ${chips(t('alone.reason'), [
        ...REASONS.map((key) => chip(t(key), this.chosen === key, () => this.change({ chosen: key }))),
        chip(t('alone.reason.other'), this.chosen === OTHER, () => this.change({ chosen: OTHER })),
      ])}
      ${this.chosen === OTHER
        ? textarea({ id: 'alone-own', label: t('alone.reason.own'), rows: 2, input: { value: this.own, oninput: ({ target }) => this.change({ own: target.value }) } })
        : nothing}
    </div>`;
  }

  doubtful() {
    const error = messageAt(this.page.errors, 'sure');
    return this.doubts.length
      ? html`<div class="govuk-inset-text surprise ${error ? 'govuk-form-group--error' : ''}">
          ${this.doubts.map((words) => html`<p>${words}</p>`)} ${error ? errorMessage('sure', error) : nothing}
          ${checkbox({ id: 'sure', label: t('alone.sure'), checked: this.sure, onchange: (on) => this.change({ known: on ? this.doubts.join('\n') : '' }) })}
        </div>`
      : nothing;
  }

  /** @param {unknown} others the two ways that need a second person, or nobody yet */
  panel(others) {
    return html`<section class="alone" aria-labelledby="alone-title">
      <h3 class="govuk-heading-s" id="alone-title">${t('alone.title')}</h3>
      ${soundLater(this.page)} ${unsaidNote(this.page.unsaid, this.page.sayNotKnown)} ${this.doubtful()} ${this.reasons()}
      <p class="govuk-hint" id="hold-hint">${t('alone.hint')}</p>
      <details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t('alone.others')}</span></summary>
        <div class="button-row alone__others">${others}</div></details>
    </section>`;
  }

  button() {
    const { busy } = this.page;
    const { down, up, click, menu } = this.hold;
    return html`<button
      type="button"
      id="send-now"
      class="govuk-button govuk-button--warning hold"
      aria-disabled=${busy ? 'true' : nothing}
      aria-describedby="hold-hint"
      @pointerdown=${down}
      @pointerup=${up}
      @pointerleave=${up}
      @pointercancel=${up}
      @contextmenu=${menu}
      @click=${click}
    >
      ${busy === SEND_NOW ? t('field.busy') : action(SEND_NOW).label}
    </button>`;
  }
}
