// What is done with an alert that is out, one tap from the list, and what of it is late or about to end.

import { html, nothing } from '../../vendor/lit-html.js';
import { actionsOf, word } from '../api/vocabulary.js';
import { locale, t } from '../i18n/index.js';
import { navigate } from '../shell/router.js';
import { formatTime } from '../time/warsaw.js';
import { titleOf } from './labels.js';
import { leaveWish } from './wish.js';

const AT_HAND = ['update', 'correct', 'all_clear', 'stop'];
const ENDING = 'extend'; // beside them when the end is near
const SOON = 60 * 60 * 1000; // ms before an alert ends

const clock = (value) => formatTime(value, locale(), { timeStyle: 'short' });

const isOut = ({ state }) => word('states', state).open && word('states', state).public;

const endsSoon = ({ expires }) => Boolean(expires) && Date.parse(expires) - Date.now() < SOON;

/** What was promised and has not come; that it ends soon. @param {any} alert @returns {string[]} */
export function dueNotes(alert) {
  if (!isOut(alert)) return [];
  return [
    ...(alert.next_info && Date.parse(alert.next_info) < Date.now() ? [t('desk.infoLate', { time: clock(alert.next_info) })] : []),
    ...(endsSoon(alert) ? [t('desk.endsSoon', { time: clock(alert.expires) })] : []),
  ];
}

function begin(alert, action) {
  leaveWish(alert.id, action);
  navigate(`/alerts/${alert.id}`);
}

const button = (alert, { value, label }) => html`<button
  type="button"
  class="tool at-hand__one ${value === 'stop' ? 'at-hand__one--stop' : ''}"
  data-action=${value}
  @click=${() => begin(alert, value)}
>
  ${label}<span class="govuk-visually-hidden">: ${titleOf(alert)}</span>
</button>`;

/** @param {any} alert */
export function atHand(alert) {
  if (!isOut(alert)) return nothing;
  const offered = actionsOf(alert).filter(({ value }) => AT_HAND.includes(value) || (value === ENDING && endsSoon(alert)));
  return offered.length ? html`<div class="at-hand">${offered.map((one) => button(alert, one))}</div>` : nothing;
}
