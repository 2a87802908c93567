// The announcement of an exercise, a page to be printed and put up a day before: what, where, when, and that nothing is to be done.

import { html, nothing } from '../../vendor/lit-html.js';
import { textIn } from '../alerts/labels.js';
import * as alerts from '../api/alerts.js';
import { Problem } from '../api/request.js';
import { firstLanguage } from '../api/vocabulary.js';
import { locale, t } from '../i18n/index.js';
import { view } from '../shell/view.js';
import { formatTime } from '../time/warsaw.js';

const DAY = 24 * 60 * 60 * 1000; // ms; so long before it hangs
const GAP = '........................................';

const spoken = (at) => (at ? formatTime(at, locale(), { dateStyle: 'full', timeStyle: 'short' }) : GAP);

/** By when it is to be put up. */
const deadline = ({ send_at: at }) => (at ? html`<p class="govuk-inset-text unprinted">${t('announcement.deadline', { time: spoken(new Date(Date.parse(at) - DAY)) })}</p>` : nothing);

const sheet = (alert, municipality) => html`<article class="announcement">
  <p class="announcement__place">${municipality}</p>
  <h1 class="govuk-heading-xl" tabindex="-1">${t('announcement.heading')}</h1>
  <p class="announcement__when">${spoken(alert.send_at)}</p>
  <p><strong>${t('announcement.where')}</strong> ${alert.area_name || GAP}</p>
  <p><strong>${t('announcement.what')}</strong> ${textIn(alert, firstLanguage()).title || GAP}</p>
  <p class="announcement__do">${t('announcement.nothing')}</p>
  <p>${t('announcement.mark')}</p>
  <p>${t('announcement.real')}</p>
  <p class="announcement__sign">${t('announcement.signed')} ${GAP}</p>
</article>`;

export async function openAnnouncement(root, session, { id }) {
  const alert = await alerts.get(id);
  if (!alert.exercise) throw new Problem(404, { title: t('announcement.none'), detail: t('announcement.none.detail') });
  const page = view(
    root,
    () => html`<a class="govuk-back-link" href="/alerts/${id}">${t('announcement.back')}</a>
      ${deadline(alert)}
      <p class="unprinted"><button type="button" class="govuk-button" id="print" @click=${() => globalThis.print()}>${t('codes.print')}</button></p>
      ${sheet(alert, session.me.municipality.name)}`,
  );
  page.drawNow();
  return page.close;
}
