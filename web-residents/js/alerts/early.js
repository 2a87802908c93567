// What came by push, while the app is still finding out who the resident is: the text is on the phone, so it is shown.

import { html, nothing } from '../../vendor/lit-html.js';
import { hasAgreed } from '../session/consent.js';
import { exerciseMark, kindMark, severityMark, timesOf, titled } from './labels.js';
import { pushed, pushedAlert } from './pushed.js';
import { textIn } from './reading.js';

/** @param {any} app @param {{id?: string}} parameters `id`: of one alert */
export async function open(app, { id }) {
  const [one, came] = await Promise.all([id ? pushedAlert(id) : null, pushed()]);
  const alerts = id ? [one].filter(Boolean) : came;
  const newer = one ? came.find(({ thread, version }) => thread === one.thread && version > one.version) : null;
  const title = () => (id && alerts.length ? titled(alerts[0], app).title : app.words('alerts.title'));
  return { title, template: () => page(app, alerts, id, newer), filled: () => alerts.length > 0 };
}

const text = (app, alert) => textIn(alert, app.language);

function page(app, alerts, id, newer) {
  const { words } = app;
  return html`
    ${id && alerts.length ? nothing : html`<h1 class="govuk-heading-l">${words('alerts.title')}</h1>`}
    <p class="panel panel--warn" id="early" role="status">${words(alerts.length ? 'alert.pushed' : 'alerts.asking')}</p>
    ${newer ? newerLink(app, newer) : nothing}
    ${alerts.map((alert) => (id ? whole(app, alert) : item(app, alert)))}
    <p class="govuk-body"><a class="govuk-link" href="/alerts">${words('alerts.unknown.public')}</a></p>
    ${hasAgreed() && !app.session ? html`<p class="govuk-body"><a class="govuk-link" href="/app/settings">${words('shell.nav.settings')}</a></p>` : nothing}
  `;
}

const newerLink = (app, newer) => html`<p class="panel panel--warn" id="newer">
  ${app.words('alert.newer')}<br /><a class="govuk-link alert-link" href="/app/alert/${newer.id}">${app.words('alert.newer.link', titled(newer, app))}</a>
</p>`;

const marks = (app, alert) => html`<p class="alerts__marks">${severityMark(alert, app)} ${exerciseMark(alert, app)} ${kindMark(alert, app)}</p>`;

function whole(app, alert) {
  const { title, body, language } = text(app, alert);
  return html`<article class="alert">
    ${marks(app, alert)}
    <h1 class="govuk-heading-l alert__title" lang=${language}>${title}</h1>
    <p class="govuk-body alert__body" lang=${language}>${body}</p>
    <p class="alerts__facts">${timesOf(alert, app)}</p>
  </article>`;
}

function item(app, alert) {
  const { title, language } = text(app, alert);
  return html`<div class="alerts__item">
    ${marks(app, alert)}
    <h2 class="alerts__heading"><a class="govuk-link" href="/app/alert/${alert.id}" lang=${language}>${title}</a></h2>
    <p class="alerts__facts">${timesOf(alert, app)}</p>
  </div>`;
}
