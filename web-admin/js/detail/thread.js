// The messages of one matter, from the first one to the last: what became of each, and which one is shown.

import { html, nothing } from '../../vendor/lit-html.js';
import { exerciseMark, label, stateTag, titleOf } from '../alerts/labels.js';
import { locale, t } from '../i18n/index.js';
import { formatTime } from '../time/warsaw.js';

/** When it went out, or was last changed. */
const when = ({ started, updated }) => formatTime(started ?? updated, locale());

const title = (one, shown) =>
  one.id === shown.id ? html`<strong aria-current="page">${titleOf(one)}</strong>` : html`<a class="govuk-link" href="/alerts/${one.id}">${titleOf(one)}</a>`;

const message = (one, shown) => html`<li class="thread__one" data-message=${one.id}>
  <span class="thread__kind">${label('kinds', one.kind)}</span> ${title(one, shown)}
  <span class="thread__state">${exerciseMark(one)} ${stateTag(one.state)} <span class="thread__when">${when(one)}</span></span>
</li>`;

/** Where there is more than one. @param {any[]} messages the oldest first @param {any} shown */
export const threadSection = (messages, shown) =>
  messages.length > 1
    ? html`<section aria-labelledby="thread-title" id="thread">
        <h2 class="govuk-heading-m" id="thread-title">${t('thread.title')}</h2>
        <ol class="thread">${messages.map((one) => message(one, shown))}</ol>
      </section>`
    : nothing;
