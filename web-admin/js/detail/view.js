// The page of one alert: state and actions first, then figures, content with the map, history.

import { html, nothing, ref } from '../../vendor/lit-html.js';
import { exerciseMark, stateTag, textIn } from '../alerts/labels.js';
import { action, actionsOf, isLate, textsFor, word } from '../api/vocabulary.js';
import { fill, language, locale, t } from '../i18n/index.js';
import { failurePanel } from '../shell/failure.js';
import { formatTime } from '../time/warsaw.js';
import { facts, history, texts } from './facts.js';
import { figuresPanel } from './figures.js';
import { heldNotice } from './held.js';

const clock = (value) => (value ? formatTime(value, locale(), { timeStyle: 'medium' }) : '');

/** What came of an action; of one that says nothing, that it was done. */
function noticeOf(done, alert) {
  const { label, notices } = action(done);
  const said = textsFor(notices, alert).map((text) => fill(text, { time: clock(alert.approved) }));
  return said.join(' ') || t('detail.done', { action: label });
}

const notice = ({ notice: done, alert }) => html`<div class="success" id="notice" tabindex="-1" role="status">
  <p>${noticeOf(done, alert)}</p>
</div>`;

const STYLES = { primary: '', secondary: 'govuk-button--secondary', warning: 'govuk-button--warning' };

const button = (page, { value, label, style }) => html`<button
  type="button"
  class="govuk-button ${STYLES[style] ?? STYLES.secondary}"
  aria-disabled=${page.busy ? 'true' : nothing}
  @click=${() => page.act(value)}
>
  ${page.busy === value ? t('field.busy') : label}
</button>`;

const FORMS = { edit: 'edit' }; // action -> the end of its address; one that opens a form this page has not is left out

const link = ({ alert }, { value, label }) =>
  FORMS[value]
    ? html`<a class="govuk-button govuk-button--secondary" draggable="false" href="/alerts/${alert.id}/${FORMS[value]}">${label}</a>`
    : nothing;

const buttons = (page) => actionsOf(page.alert).map((one) => (one.form ? link(page, one) : button(page, one)));

/** Why the person before the screen cannot do what the alert waits for. */
function waiting({ alert }) {
  const { awaits } = word('states', alert.state);
  return awaits && !alert.actions.includes(awaits.action) ? html`<p class="govuk-inset-text">${awaits.text}</p>` : nothing;
}

/** Nobody can approve what should have gone out: who has to do what. */
function late({ alert }) {
  if (!word('states', alert.state).awaits || !isLate(alert)) return nothing;
  const told = { time: formatTime(alert.send_at, locale()), author: alert.author?.name ?? '' };
  return html`<p class="govuk-inset-text" id="late">${t('detail.late', told)}</p>`;
}

const section = (key, body) => html`<section aria-labelledby="${key}-title">
  <h2 class="govuk-heading-m" id="${key}-title">${t(`detail.${key}`)}</h2>
  ${body}
</section>`;

const map = ({ alert, mountMap }) => html`<div
  class="map map--small"
  tabindex="0"
  role="application"
  aria-label=${t('map.shown', { name: alert.area_name })}
  ${ref(mountMap)}
></div>`;

/** @param {any} page the state and actions of detail/page.js */
export const detailView = (page) => html`
  <a class="govuk-back-link" href="/alerts">${t('detail.back')}</a>
  ${page.notice ? notice(page) : nothing} ${page.failure ? failurePanel(page.failure) : nothing}
  <div class="detail-head">
    ${exerciseMark(page.alert)} ${stateTag(page.alert.state)}
    <h1 class="govuk-heading-l" tabindex="-1">${textIn(page.alert, language()).title}</h1>
  </div>
  ${heldNotice(page.alert)} ${waiting(page)} ${late(page)}
  <div class="button-row actions">${buttons(page)}</div>
  ${page.alert.started ? figuresPanel(page.summary, page.stale) : nothing}
  <div class="columns">
    <div>${section('content', html`${texts(page.alert)} ${facts(page.alert)}`)}</div>
    <div>${section('area', map(page))}</div>
  </div>
  ${section('history', history(page.history))}
`;
