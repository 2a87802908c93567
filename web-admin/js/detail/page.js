// One alert: what it says, what may be done with it now, and how it fares.

import { html, nothing, ref } from '../../vendor/lit-html.js';
import { stateTag, textIn } from '../alerts/labels.js';
import * as alerts from '../api/alerts.js';
import { Problem, Unreachable } from '../api/request.js';
import { partsOf } from '../area/geojson.js';
import { createMap } from '../area/map.js';
import { language, t } from '../i18n/index.js';
import { announce } from '../shell/announce.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { takeNotice } from '../shell/notice.js';
import { view } from '../shell/view.js';
import { whileVisible } from '../shell/visibility.js';
import { formatTime } from '../time/warsaw.js';
import { facts, history, texts } from './facts.js';
import { figuresInWords, figuresPanel } from './figures.js';
import { askApproval, askCancel } from './questions.js';
import { watchAlert } from './watch.js';

const GATHER = 3000; // ms; the API gathers no more often
const SAY = 15_000; // ms between spoken figures

const QUESTIONS = { approve: askApproval, cancel: askCancel, submit: async () => true };

const clock = (value) => (value ? formatTime(value, language(), { timeStyle: 'medium' }) : '');

const noticeKey = (action, alert) => (action === 'approve' && alert.send_at ? 'notice.approveLater' : `notice.${action}`);

const newer = (one, other) => !other || !one.updated || one.updated >= other.updated;

export async function openDetail(root, session, { id }) {
  const [alert, municipality] = await Promise.all([alerts.get(id), session.municipality()]);
  const state = { alert, history: [], summary: null, stale: false, notice: takeNotice(), failure: null, busy: null };
  let shown = null;
  let said = 0;

  const mount = (element) => {
    if (!element || shown) return;
    shown = createMap(element, municipality);
    shown.show(partsOf(state.alert.area));
  };

  const become = (next) => {
    if (next.revision < state.alert.revision) return;
    const areaChanged = JSON.stringify(next.area) !== JSON.stringify(state.alert.area);
    if (next.state !== state.alert.state) announce(t('detail.stateIs', { state: t(`state.${next.state}`) }));
    state.alert = next;
    if (areaChanged) shown?.show(partsOf(next.area));
    page.draw();
  };

  const readHistory = async () => {
    state.history = await alerts.history(id).catch(() => null);
    page.draw();
  };

  const refresh = async () => {
    become(await alerts.get(id));
    await readHistory();
  };

  const take = (summary) => {
    state.stale = false;
    if (!newer(summary, state.summary)) return page.draw();
    state.summary = summary;
    if (Date.now() - said > SAY) {
      said = Date.now();
      announce(figuresInWords(summary));
    }
    return page.draw();
  };

  const gather = async () => {
    if (!state.alert.started) return;
    try {
      take(await alerts.gatherSummary(id));
    } catch {
      state.stale = true;
      page.draw();
    }
  };

  /** Progress is drawn at once; a new state or revision also changes what may be done, which the API knows. */
  const onProgress = (progress) => {
    const known = state.alert;
    const moved = progress.revision > known.revision || progress.state !== known.state;
    if (progress.revision >= known.revision) Object.assign(state.alert, progress);
    page.draw();
    if (moved) refresh().catch(() => {});
  };

  const showFailure = (error) => {
    Object.assign(state, { failure: error, busy: null });
    page.drawNow();
    focusOn('failure');
  };

  const act = async (action) => {
    if (state.busy || !(await QUESTIONS[action](state.alert))) return;
    Object.assign(state, { busy: action, failure: null, notice: null });
    page.drawNow();
    try {
      const next = await alerts.act(id, state.alert.etag, action);
      Object.assign(state, { busy: null, notice: noticeKey(action, next) });
      become(next);
      page.drawNow();
      focusOn('notice');
      await readHistory();
    } catch (error) {
      showFailure(error);
      if (error instanceof Problem || error instanceof Unreachable) refresh().catch(() => {});
    }
  };

  const button = (action, style = '') =>
    state.alert.actions.includes(action)
      ? html`<button
          type="button"
          class="govuk-button ${style}"
          aria-disabled=${state.busy ? 'true' : nothing}
          @click=${() => act(action)}
        >
          ${state.busy === action ? t('field.busy') : t(`do.${action}`)}
        </button>`
      : nothing;

  const actions = () => html`<div class="button-row actions">
    ${button('approve')} ${button('submit')}
    ${state.alert.actions.includes('edit')
      ? html`<a class="govuk-button govuk-button--secondary" draggable="false" href="/alerts/${id}/edit">${t('do.edit')}</a>`
      : nothing}
    ${button('cancel', 'govuk-button--warning')}
  </div>`;

  /** Why the person before the screen cannot approve what waits for approval. */
  const waiting = () =>
    state.alert.state === 'submitted' && !state.alert.actions.includes('approve')
      ? html`<p class="govuk-inset-text">${t('detail.otherApproves')}</p>`
      : nothing;

  const section = (key, body) => html`<section aria-labelledby="${key}-title">
    <h2 class="govuk-heading-m" id="${key}-title">${t(`detail.${key}`)}</h2>
    ${body}
  </section>`;

  const page = view(
    root,
    () => html`
      <a class="govuk-back-link" href="/alerts">${t('detail.back')}</a>
      ${state.notice
        ? html`<div class="success" id="notice" tabindex="-1" role="status"><p>${t(state.notice, { time: clock(state.alert.approved) })}</p></div>`
        : nothing}
      ${state.failure ? failurePanel(state.failure) : nothing}
      <div class="detail-head">
        ${stateTag(state.alert.state)}
        <h1 class="govuk-heading-l" tabindex="-1">${textIn(state.alert, language()).title}</h1>
      </div>
      ${waiting()} ${actions()} ${state.alert.started ? figuresPanel(state.alert, state.summary, state.stale) : nothing}
      <div class="columns">
        <div>${section('content', html`${texts(state.alert)} ${facts(state.alert)}`)}</div>
        <div>
          ${section(
            'area',
            html`<div class="map map--small" tabindex="0" role="application" aria-label=${t('map.shown', { name: state.alert.area_name })} ${ref(mount)}></div>`,
          )}
        </div>
      </div>
      ${section('history', history(state.history))}
    `,
  );

  page.drawNow();
  readHistory();
  const unwatch = watchAlert(session.firestore, id, { onProgress, onSummary: take, onLost: () => {} });
  const rest = whileVisible(gather, GATHER);
  gather();
  return () => {
    unwatch();
    rest();
    page.close();
    shown?.close();
  };
}
