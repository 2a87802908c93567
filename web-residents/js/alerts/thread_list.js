// All messages about one case: the newest first, each earlier one with what took its place.

import { html, nothing } from '../../vendor/lit-html.js';
import { exerciseMark, kindName, timesOf, titled } from './labels.js';

/** @param {import('./reading.js').Alert} alert that is being read @param {import('./reading.js').Alert[]} thread @param {any} app */
export function threadList(alert, thread, app) {
  const { words } = app;
  const row = (one, at) => html`<li>
    <span class="alerts__facts">${kindName(one, app)}. ${timesOf(one, app, thread[0])}</span>
    ${exerciseMark(one, app)} ${name(one, alert, app)}
    ${at ? html`<span class="alerts__facts">${replacedBy(thread[at - 1], app)}</span>` : nothing}
  </li>`;
  return html`<section aria-labelledby="thread">
    <h2 class="govuk-heading-m" id="thread">${words('alert.thread')}</h2>
    <ol class="alert__thread" reversed>
      ${thread.map(row)}
    </ol>
  </section>`;
}

function name(one, read, app) {
  const { title, language } = titled(one, app, false);
  return one.id === read.id
    ? html`<strong lang=${language}>${title}</strong> (${app.words('alert.thread.here')})`
    : html`<a class="govuk-link alert-link" href="/app/alert/${one.id}" lang=${language}>${title}</a>`;
}

/** @param {import('./reading.js').Alert} next @param {any} app */
export function replacedBy(next, app) {
  const { title, language } = titled(next, app);
  return html`${app.words('alert.replacedBy')} <span lang=${language}>${title}</span>`;
}
