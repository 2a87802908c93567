// The question before an action, with all that the answer depends on, as it is while the question stands.

import { html, nothing } from '../../vendor/lit-html.js';
import { exerciseMark, severityMark, subject } from '../alerts/labels.js';
import { textsFor } from '../api/vocabulary.js';
import { coversLine } from '../compose/covers.js';
import { reachDetails, reachWords } from '../compose/reach_panel.js';
import { locale, t } from '../i18n/index.js';
import { ask } from '../shell/dialog.js';
import { answered } from './answered.js';
import { checkbox } from '../shell/fields.js';
import { formatTime } from '../time/warsaw.js';
import { texts } from './facts.js';

const line = (key, value) =>
  value
    ? html`<div class="govuk-summary-list__row">
        <dt class="govuk-summary-list__key">${t(key)}</dt>
        <dd class="govuk-summary-list__value">${value}</dd>
      </div>`
    : nothing;

const time = (value) => value && formatTime(value, locale());

const paragraphs = (sentences) => sentences.map((text) => html`<p class="govuk-body">${text}</p>`);

/** What it covers, as it is counted now, else as it was counted when the alert was handed on. @param {any} alert @param {import('./seen.js').Seen} seen */
export const coversOf = (alert, { figures }) => figures?.covers ?? alert.covers ?? null;

/** How many it reaches, as far as that is known. @param {import('./seen.js').Seen} seen */
export function reachOf({ figures, states, late }) {
  if (figures) return html`${reachWords(figures)}${reachDetails(figures).map((words) => html`<br /><span class="reach__detail">${words}</span>`)}`;
  return states.reach === 'failed' || late ? t('question.reachUnknown') : t('reach.busy');
}

/** What had not come when it was waited for long enough. @param {import('./seen.js').Seen} seen */
export const unseenNote = (seen) =>
  seen.ready && seen.unseen.length
    ? html`<p class="govuk-inset-text unseen">
        ${t('unseen.note', { parts: seen.unseen.map((part) => t(`unseen.${part}`)).join(', ') })}
      </p>`
    : nothing;

/** What goes out, to whom and when. */
const summary = (alert, seen) => html`${texts(alert)}
  <dl class="govuk-summary-list">
    ${line('question.exercise', alert.exercise ? exerciseMark(alert) : null)}
    ${line('question.subject', html`${subject(alert)} ${severityMark(alert.severity)}`)}
    ${line('question.to', html`<strong aria-live="polite">${reachOf(seen)}</strong>`)} ${line('question.area', alert.area_name)}
    ${line('question.send_at', time(alert.send_at) ?? t('question.atOnce'))}
    ${line('question.sound_at', alert.sound_at && t('fact.soundLater', { time: time(alert.sound_at) }))}
    ${line('question.event_ends', time(alert.event_ends))} ${line('question.expires', time(alert.expires))}
    ${line('question.next_info', time(alert.next_info))}
  </dl>
  ${coversLine(coversOf(alert, seen))} ${unseenNote(seen)}`;

/** What a yes confirms, and what is kept with it. @param {import('./seen.js').Seen} seen */
const confirmed = ({ figures }) => (figures ? html`<p class="govuk-body" id="confirmed">${t('question.confirms')} <strong>${reachWords(figures)}</strong></p>` : nothing);

/** One step more where something is out of the ordinary, whatever it is and however many there are. */
const surprised = (words, sure, answer) =>
  words ? html`<p class="govuk-inset-text surprise">${words}</p>${checkbox({ id: 'sure', label: t('surprise.sure'), checked: sure, onchange: answer })}` : nothing;

/**
 * @param {import('../api/vocabulary.js').Action} action one with a question
 * @param {{alert: any, seen: import('./seen.js').Seen, surprise: string | null, redrawQuestion: () => void}} page
 *   asked for anew with each drawing; `redrawQuestion` is set to what draws
 * @returns {Promise<object | null>} what the person said beside yes; null for no
 */
export async function askAbout({ label, style, question }, page) {
  if (!question) return {};
  let sure = false;
  const shown = question.shows_reach;
  const more = question.asks ? answered(question.asks, page) : null;
  const yes = await ask({
    title: question.title,
    confirm: label,
    warning: style === 'warning',
    allowed: () => (!more || more.body() !== null) && (!shown || (page.seen.ready && (sure || !page.surprise))),
    body: () => html`${paragraphs(textsFor(question.texts, page.alert))}
    ${more ? more.field() : nothing}
    ${shown ? html`${summary(page.alert, page.seen)} ${surprised(page.surprise, sure, answer)} ${confirmed(page.seen)}` : nothing}`,
    ready: (draw) => {
      page.redrawQuestion = draw;
    },
  });
  page.redrawQuestion = () => {};
  return yes ? (more?.body() ?? {}) : null;

  function answer(on) {
    sure = on;
    page.redrawQuestion();
  }
}
