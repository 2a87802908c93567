// The question before an action, with all that the answer depends on.

import { html, nothing } from '../../vendor/lit-html.js';
import { exerciseMark, severityMark, subject, textIn } from '../alerts/labels.js';
import { reach } from '../api/alerts.js';
import { textsFor } from '../api/vocabulary.js';
import { reachDetails, reachWords } from '../compose/reach_panel.js';
import { language, locale, t } from '../i18n/index.js';
import { ask } from '../shell/dialog.js';
import { formatTime } from '../time/warsaw.js';

const line = (key, value) =>
  value
    ? html`<div class="govuk-summary-list__row">
        <dt class="govuk-summary-list__key">${t(key)}</dt>
        <dd class="govuk-summary-list__value">${value}</dd>
      </div>`
    : nothing;

const time = (value) => value && formatTime(value, locale());

const paragraphs = (texts) => texts.map((text) => html`<p class="govuk-body">${text}</p>`);

/** What goes out, to whom and when. */
function summary(alert, reached) {
  const text = textIn(alert, language());
  return html`<dl class="govuk-summary-list">
    ${line('question.exercise', alert.exercise ? exerciseMark(alert) : null)} ${line('question.text', text.title)}
    ${line('question.instruction', text.instruction && html`<span class="lines">${text.instruction}</span>`)}
    ${line('question.subject', html`${subject(alert)} ${severityMark(alert.severity)}`)}
    ${line('question.to', html`<strong aria-live="polite">${reached}</strong>`)} ${line('question.area', alert.area_name)}
    ${line('question.send_at', time(alert.send_at) ?? t('question.atOnce'))}
    ${line('question.sound_at', alert.sound_at && t('fact.soundLater', { time: time(alert.sound_at) }))}
    ${line('question.event_ends', time(alert.event_ends))} ${line('question.expires', time(alert.expires))}
    ${line('question.next_info', time(alert.next_info))}
  </dl>`;
}

const inWords = (figures) =>
  html`${reachWords(figures)}${reachDetails(figures).map((words) => html`<br /><span class="reach__detail">${words}</span>`)}`;

/**
 * @param {import('../api/vocabulary.js').Action} action one with a question
 * @returns {Promise<boolean>} whether the person said yes
 */
export function askAbout({ label, style, question }, alert) {
  if (!question) return Promise.resolve(true);
  /** @type {unknown} */
  let reached = t('reach.busy');
  return ask({
    title: question.title,
    confirm: label,
    warning: style === 'warning',
    body: () => html`${paragraphs(textsFor(question.texts, alert))} ${question.shows_reach ? summary(alert, reached) : nothing}`,
    ready: async (draw) => {
      if (!question.shows_reach) return;
      reached = await reach(alert.area, alert).then(inWords, () => t('question.reachUnknown'));
      draw();
    },
  });
}
