// The page of one alert: state and actions first, then figures, content with the map, history.

import { html, nothing, ref } from '../../vendor/lit-html.js';
import { exerciseMark, stateTag, titleOf } from '../alerts/labels.js';
import { listAddress } from '../alerts/place.js';
import { unsaidNote } from '../alerts/unsaid.js';
import { action, actionsOf, isLate, textsFor, word } from '../api/vocabulary.js';
import { fill, locale, t } from '../i18n/index.js';
import { coversLine } from '../compose/covers.js';
import { previewTexts } from '../compose/preview.js';
import { failurePanel } from '../shell/failure.js';
import { formatTime } from '../time/warsaw.js';
import { facts, history, inOrder, texts } from './facts.js';
import { figuresPanel } from './figures.js';
import { heldNotice, reasonNotice } from './held.js';
import { again } from './again.js';
import { coversOf, reachOf, unseenNote } from './questions.js';
import { threadSection } from './thread.js';

const clock = (value) => (value ? formatTime(value, locale(), { timeStyle: 'medium' }) : '');

/** What came of an action; of one that says nothing, that it was done. */
function noticeOf(done, alert) {
  const { label, notices } = action(done);
  const said = textsFor(notices, alert).map((text) => fill(text, { time: clock(alert.approved) }));
  return said.join(' ') || t('detail.done', { action: label });
}

const notice = ({ notice: done, alert }) => html`<div class="success" id="notice" tabindex="-1" role="status">
  <p>${noticeOf(done.action, alert)} ${done.more}</p>
</div>`;

/** A refusal because of others says who they are and what they did. */
const changes = ({ changes: words }) =>
  words.length ? html`<ul class="govuk-list govuk-list--bullet" id="changes">${words.map((one) => html`<li>${one}</li>`)}</ul>` : nothing;

const STYLES = { primary: '', secondary: 'govuk-button--secondary', warning: 'govuk-button--warning' };

const button = (page, { value, label, style }) => html`<button
  type="button"
  class="govuk-button ${STYLES[style] ?? STYLES.secondary}"
  aria-disabled=${page.busy ? 'true' : nothing}
  @click=${() => page.act(value)}
>
  ${page.busy === value ? t('field.busy') : label}
</button>`;

/** Held, it acts at once; pressed, by finger, mouse or key, it asks first. */
function holdButton(page, { value, label }) {
  const hold = page.holdOf(value);
  return html`<button
    type="button"
    class="govuk-button hold"
    aria-disabled=${page.busy ? 'true' : nothing}
    aria-describedby="hold-hint"
    @pointerdown=${hold.down}
    @pointerup=${hold.up}
    @pointerleave=${hold.up}
    @pointercancel=${hold.up}
    @contextmenu=${hold.menu}
    @click=${hold.click}
  >
    ${page.busy === value ? t('field.busy') : label}
  </button>`;
}

const FORMS = { edit: 'edit' }; // action -> the end of its address; one that opens a form this page has not is left out

const link = ({ alert }, { value, label }) =>
  FORMS[value]
    ? html`<a class="govuk-button govuk-button--secondary" draggable="false" href="/alerts/${alert.id}/${FORMS[value]}">${label}</a>`
    : nothing;

function buttonOf(page, one) {
  if (one.form) return link(page, one);
  return one.question?.shows_reach && !one.question.asks ? holdButton(page, one) : button(page, one);
}

const buttons = (page) => html`<div class="button-row actions">${actionsOf(page.alert).map((one) => buttonOf(page, one))}</div>`;

/** When it goes out and ends: what of the details an approval cannot do without. */
const whenWords = ({ send_at: at, expires }) => [
  at ? t('preview.sentAt', { time: formatTime(at, locale()) }) : t('preview.sentNow'),
  ...(expires ? [t('preview.until', { time: formatTime(expires, locale()) })] : []),
];

/** Beneath all that it is about: whom it reaches, what did not load, what is out of the ordinary, then the buttons. */
const decision = (page) => html`<section class="reach decision" aria-labelledby="decision-title">
  <h2 class="govuk-heading-m" id="decision-title">${t('reach.title')}</h2>
  <p class="reach__figures" role="status">${reachOf(page.seen)}</p>
  <p class="decision__when">${whenWords(page.alert).join(' ')}</p>
  ${unseenNote(page.seen)} ${page.surprise ? html`<p class="govuk-inset-text surprise">${page.surprise}</p>` : nothing}
  ${buttons(page)}
  <p class="govuk-hint" id="hold-hint">${t('detail.hold')}</p>
</section>`;

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

/** Drills are announced beforehand, on paper. */
const announcementLink = ({ id }) => html`<p><a class="govuk-link" href="/alerts/${id}/announcement">${t('announcement.link')}</a></p>`;

const section = (key, body) => html`<section aria-labelledby="${key}-title">
  <h2 class="govuk-heading-m" id="${key}-title">${t(`detail.${key}`)}</h2>
  ${body}
</section>`;

const map = ({ alert, mountMap }) => html`<div
  class="map map--small"
  tabindex="0"
  role="application"
  aria-label=${t('map.shown', { name: alert.area_name ?? '' })}
  ${ref(mountMap)}
></div>`;

/** Fetched when an alert was sent, and drawn by itself: the page does without. */
function upwards({ id, started }) {
  if (!started) return nothing;
  import('../report/upwards.js').catch(() => {});
  return html`<upwards-panel alert=${id}></upwards-panel>`;
}

/** Whoever approves sees what whoever wrote it saw. */
const lockScreensOf = (alert) => previewTexts(Object.fromEntries(inOrder(alert.texts).slice(0, 1)), alert.exercise);

/** @param {any} page the state and actions of detail/page.js */
export const detailView = (page) => html`
  <a class="govuk-back-link" href=${listAddress()}>${t('detail.back')}</a>
  ${page.notice ? notice(page) : nothing} ${page.failure ? failurePanel(page.failure, changes(page)) : nothing}
  <div class="detail-head">
    ${exerciseMark(page.alert)} ${stateTag(page.alert.state)}
    <h1 class="govuk-heading-l" tabindex="-1">${titleOf(page.alert)}</h1>
  </div>
  ${heldNotice(page.alert, page.history)} ${reasonNotice(page.alert)} ${waiting(page)} ${late(page)} ${page.alert.started ? nothing : unsaidNote(page.alert.missing)}
  ${page.decision ? nothing : buttons(page)}
  ${page.alert.started ? figuresPanel(page.summary, page.stale, page.near) : nothing}
  <div class="columns">
    <div>${section('content', html`${page.decision ? lockScreensOf(page.alert) : nothing} ${texts(page.alert)}`)}</div>
    <div>${section('area', html`${coversLine(coversOf(page.alert, page.seen))} ${map(page)}`)}</div>
  </div>
  ${page.decision ? decision(page) : nothing} ${section('facts', facts(page.alert))} ${again(page.alert)} ${page.alert.exercise ? announcementLink(page.alert) : nothing}
  ${threadSection(page.thread, page.alert)} ${section('history', history(page.history))}
  ${upwards(page.alert)}
  <p class="printed">${t('detail.printed', { name: page.me?.name ?? '', time: formatTime(new Date(), locale()) })}</p>
`;
