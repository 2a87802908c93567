// One alert in the list, and a text that is only in this browser.

import { html, nothing } from '../../vendor/lit-html.js';
import { changed, word } from '../api/vocabulary.js';
import { fill, locale, t } from '../i18n/index.js';
import { formatTime } from '../time/warsaw.js';
import { atHand, dueNotes } from './at_hand.js';
import { exerciseMark, severityMark, stateTag, subject, titleOf } from './labels.js';

/** The one time that matters most in the alert's state; in one that the page does not know, when it was last changed. */
function moment(alert) {
  const found = word('states', alert.state).moment;
  const told = found && alert[found.field] ? { text: found.label, time: alert[found.field] } : { text: changed(), time: alert.updated };
  return fill(told.text, { time: formatTime(told.time, locale()) });
}

const writer = ({ author }, me) => (author ? (author.uid === me?.uid ? t('list.mine') : author.name) : '');

/** What was called off before anybody got it looks like what was not. */
const neverSent = ({ state, started }) =>
  word('states', state).open === false && !started ? html`<span class="alert-row__note">${t('list.neverSent')}</span>` : nothing;

/** What an open alert waits for that its state does not say. */
const why = ({ state, actions, reason }) => {
  if (actions.includes('confirm')) return html`<p class="alert-row__due">${t('desk.confirm')}</p>`;
  return word('states', state).awaits && reason ? html`<p class="alert-row__due">${t('desk.returned', { reason })}</p>` : nothing;
};

/** @param {any} alert @param {any} me */
export const row = (alert, me) => html`<li class="alert-row" data-alert=${alert.id}>
  <div class="alert-row__main">
    <h3 class="govuk-heading-s alert-row__title">
      <a class="govuk-link" href="/alerts/${alert.id}">${titleOf(alert)}</a>
    </h3>
    <p class="alert-row__facts">
      ${subject(alert)} ${severityMark(alert.severity)}
      <span>${alert.area_name ?? ''}</span>
    </p>
    <p class="alert-row__moment"><span>${moment(alert)}</span> <span>${writer(alert, me)}</span></p>
    ${dueNotes(alert).map((words) => html`<p class="alert-row__due">${words}</p>`)} ${why(alert)}
  </div>
  <div class="alert-row__state">${exerciseMark(alert)} ${stateTag(alert.state)} ${neverSent(alert)}</div>
  ${atHand(alert)}
</li>`;

/** @param {{address: string, title: string, at: string}} draft of this browser */
export const unsavedRow = ({ address, title, at }) => html`<li class="alert-row" data-unsaved>
  <div class="alert-row__main">
    <h3 class="govuk-heading-s alert-row__title"><a class="govuk-link" href=${address}>${title || t('list.untitled')}</a></h3>
    <p class="alert-row__moment">${t('list.unsaved', { time: formatTime(at, locale()) })}</p>
  </div>
</li>`;
