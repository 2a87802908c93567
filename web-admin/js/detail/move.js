// To when an approved alert is moved: asked with the moment that it has, and what becomes of its end.

import { html } from '../../vendor/lit-html.js';
import { instantOf, momentOf } from '../compose/instants.js';
import { moment } from '../compose/moment.js';
import { locale, t } from '../i18n/index.js';
import { ask } from '../shell/dialog.js';
import { formatTime } from '../time/warsaw.js';

const NAME = 'send_at';

/** What is promised goes along with the moment. @param {any} alert @param {Date} at */
const endOf = (alert, at) => new Date(Date.parse(alert.expires) + (at.getTime() - Date.parse(alert.send_at ?? alert.approved)));

/**
 * @param {any} alert a scheduled one
 * @returns {Promise<{send_at: string} | null>} the body of the step; null: it stays
 */
export async function askWhen(alert) {
  const values = { [NAME]: momentOf(new Date(alert.send_at ?? alert.approved)) };
  let draw = () => {};
  const form = {
    fields: { values },
    set: (changed) => {
      Object.assign(values, changed);
      draw();
    },
  };
  const at = () => instantOf(values[NAME]);
  const end = () => (at() ? t('move.until', { time: formatTime(endOf(alert, /** @type {Date} */ (at())), locale()) }) : '');
  const yes = await ask({
    title: t('move.title'),
    confirm: t('move.yes'),
    allowed: () => at() !== null,
    body: () => html`<p class="govuk-body">${t('move.stands')}</p>
      ${moment(NAME, form, { id: NAME, label: t('move.when') })}
      <p class="govuk-body" role="status">${end()}</p>`,
    ready: (redraw) => {
      draw = redraw;
    },
  });
  const chosen = at();
  return yes && chosen ? { send_at: chosen.toISOString() } : null;
}
