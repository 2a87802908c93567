// The questions before approving and cancelling, with all that the answer depends on.

import { html, nothing } from '../../vendor/lit-html.js';
import { reach } from '../api/alerts.js';
import { exerciseMark, severityMark } from '../alerts/labels.js';
import { reachDetails, reachWords } from '../compose/reach_panel.js';
import { language, t } from '../i18n/index.js';
import { ask } from '../shell/dialog.js';
import { formatTime } from '../time/warsaw.js';

const line = (key, value) =>
  html`<div class="govuk-summary-list__row">
    <dt class="govuk-summary-list__key">${t(key)}</dt>
    <dd class="govuk-summary-list__value">${value}</dd>
  </div>`;

const approval = (alert, reached) => html`
  <p class="govuk-body">${t(alert.send_at ? 'approve.later' : 'approve.now')}</p>
  <dl class="govuk-summary-list">
    ${alert.exercise ? line('fact.exercise', exerciseMark(alert)) : nothing}
    ${line('approve.text', alert.texts.pl.title)} ${line('fact.severity', severityMark(alert.severity))}
    ${line('approve.to', html`<strong aria-live="polite">${reached}</strong>`)} ${line('fact.area_name', alert.area_name)}
    ${line('fact.send_at', alert.send_at ? formatTime(alert.send_at, language()) : t('approve.atOnce'))}
    ${alert.sound_at
      ? line('fact.sound_at', t('fact.soundLater', { time: formatTime(alert.sound_at, language()) }))
      : nothing}
    ${line('fact.expires', formatTime(alert.expires, language()))}
  </dl>
  ${alert.send_at ? nothing : html`<p class="govuk-body">${t('approve.noReturn')}</p>`}
`;

const inWords = (figures) =>
  html`${reachWords(figures)}${reachDetails(figures).map((words) => html`<br /><span class="reach__detail">${words}</span>`)}`;

/** @returns {Promise<boolean>} whether the approver said yes */
export function askApproval(alert) {
  let reached = t('reach.busy');
  return ask({
    title: t('approve.title'),
    confirm: t('do.approve'),
    body: () => approval(alert, reached),
    ready: async (draw) => {
      reached = await reach(alert.area, alert).then(inWords, () => t('approve.reachUnknown'));
      draw();
    },
  });
}

/** @returns {Promise<boolean>} */
export const askCancel = (alert) =>
  ask({
    title: t('cancel.title'),
    confirm: t('do.cancel'),
    warning: true,
    body: () => html`<p class="govuk-body">${t(alert.started ? 'cancel.sent' : 'cancel.notSent')}</p>`,
  });
