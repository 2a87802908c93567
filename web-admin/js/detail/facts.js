// What an alert says, where and when, and who did what.

import { html, nothing } from '../../vendor/lit-html.js';
import { severityMark } from '../alerts/labels.js';
import { language, t } from '../i18n/index.js';
import { formatTime } from '../time/warsaw.js';

const fact = (key, value) =>
  value
    ? html`<div class="govuk-summary-list__row">
        <dt class="govuk-summary-list__key">${t(`fact.${key}`)}</dt>
        <dd class="govuk-summary-list__value">${value}</dd>
      </div>`
    : nothing;

const time = (value) => (value ? formatTime(value, language()) : null);

/** Whether a phone may make a sound when it goes out. */
const sound = (alert) => (alert.sound_at ? t('fact.soundLater', { time: time(alert.sound_at) }) : null);

/** When it goes out, or went. */
const sending = (alert) => (alert.send_at ? time(alert.send_at) : t('fact.sendNow'));

export const facts = (alert) => html`<dl class="govuk-summary-list">
  ${fact('exercise', alert.exercise ? t('fact.exercise.yes') : null)} ${fact('category', t(`category.${alert.category}`))} ${fact('severity', severityMark(alert.severity))}
  ${fact('area_name', alert.area_name)} ${fact('send_at', sending(alert))} ${fact('sound_at', sound(alert))}
  ${fact('started', time(alert.started))} ${fact('rung', time(alert.rung))}
  ${fact('expires', time(alert.expires))} ${alert.finished ? fact(alert.state, time(alert.finished)) : nothing}
  ${fact('author', alert.author?.name)}
  ${fact('approver', alert.approver?.name)}
</dl>`;

/** Polish first: it is the one that most residents see. */
/** @param {[string, unknown]} one @param {[string, unknown]} other */
const polishFirst = ([one], [other]) => Number(other === 'pl') - Number(one === 'pl');

const pushEnd = (carried) =>
  carried === null
    ? nothing
    : html`<p class="govuk-hint counter" lang=${language()}>${t('counter.push.cut', { count: carried })}</p>`;

export const texts = (alert) =>
  Object.entries(alert.texts).sort(polishFirst).map(
    ([code, text]) => html`<div class="message" lang=${code}>
      <p class="message__language" lang=${language()}>${t(`language.${code}`)}</p>
      <p class="message__title">${text.title}</p>
      <p class="message__body">${text.body}</p>
      ${pushEnd(alert.push_cut[code])}
    </div>`,
  );

const entry = ({ action, at, by, state }) => html`<li>
  <span class="history__what">${t(`action.${action}`)}</span>
  <span class="history__who">${by?.name ?? t('history.system')}</span>
  <span class="history__when">${formatTime(at, language(), { dateStyle: 'medium', timeStyle: 'medium' })}</span>
  <span class="history__state">${t(`state.${state}`)}</span>
</li>`;

/** @param {any[] | null} entries null when they could not be read */
export const history = (entries) =>
  entries
    ? html`<ol class="history">${entries.map(entry)}</ol>`
    : html`<p class="govuk-hint">${t('history.unavailable')}</p>`;
