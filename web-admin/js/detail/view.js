// The page of one alert: state and actions first, then figures, content with the map, history.

import { html, nothing, ref } from '../../vendor/lit-html.js';
import { exerciseMark, stateTag, textIn } from '../alerts/labels.js';
import { language, t } from '../i18n/index.js';
import { failurePanel } from '../shell/failure.js';
import { formatTime } from '../time/warsaw.js';
import { facts, history, texts } from './facts.js';
import { figuresPanel } from './figures.js';

const clock = (value) => (value ? formatTime(value, language(), { timeStyle: 'medium' }) : '');

const notice = ({ notice: key, alert }) => html`<div class="success" id="notice" tabindex="-1" role="status">
  <p>${t(key, { time: clock(alert.approved) })}</p>
</div>`;

const button = (page, action, style = '') =>
  page.alert.actions.includes(action)
    ? html`<button
        type="button"
        class="govuk-button ${style}"
        aria-disabled=${page.busy ? 'true' : nothing}
        @click=${() => page.act(action)}
      >
        ${page.busy === action ? t('field.busy') : t(`do.${action}`)}
      </button>`
    : nothing;

const edit = ({ alert }) =>
  alert.actions.includes('edit')
    ? html`<a class="govuk-button govuk-button--secondary" draggable="false" href="/alerts/${alert.id}/edit">${t('do.edit')}</a>`
    : nothing;

/** Why the person before the screen cannot approve what waits for approval. */
const waiting = ({ alert }) =>
  alert.state === 'submitted' && !alert.actions.includes('approve')
    ? html`<p class="govuk-inset-text">${t('detail.otherApproves')}</p>`
    : nothing;

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
  ${waiting(page)}
  <div class="button-row actions">
    ${button(page, 'approve')} ${button(page, 'submit')} ${edit(page)} ${button(page, 'cancel', 'govuk-button--warning')}
  </div>
  ${page.alert.started ? figuresPanel(page.summary, page.stale) : nothing}
  <div class="columns">
    <div>${section('content', html`${texts(page.alert)} ${facts(page.alert)}`)}</div>
    <div>${section('area', map(page))}</div>
  </div>
  ${section('history', history(page.history))}
`;
