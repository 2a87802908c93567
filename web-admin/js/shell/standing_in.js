// The line on every page while somebody acts for another municipality, and the word that this is over.

import { html, nothing } from '../../vendor/lit-html.js';
import { locale, t } from '../i18n/index.js';
import { formatTime } from '../time/warsaw.js';
import { goTo } from './places.js';

/** @param {string} name of the municipality @param {import('../api/people.js').StandIn | null} agreement */
function words(name, agreement) {
  if (agreement?.late) return t('standIn.banner.late', { name });
  if (!agreement?.ends) return t('standIn.banner', { name });
  return t('standIn.banner.until', { name, ends: formatTime(agreement.ends, locale()) });
}

/** @param {string} said @param {unknown} more */
const band = (said, more = nothing) => html`<div class="standing-in" id="standing-in" role="status">
  <div class="govuk-width-container standing-in__row"><span>${said}</span>${more}</div>
</div>`;

/**
 * @param {any} me @param {import('../api/people.js').StandIn | null} agreement null while nobody knows until when
 * @param {boolean} over whether it has ended a moment ago
 */
export function standingIn(me, agreement, over) {
  if (me?.on_behalf) {
    const back = html`<button type="button" class="header__button" @click=${() => goTo('', '/people')}>${t('standIn.back')}</button>`;
    return band(words(me.municipality.name, agreement), back);
  }
  return over && me ? band(t('standIn.over', { name: me.municipality.name })) : nothing;
}
