// What is said of an alert's signature.

import { html, nothing } from '../../vendor/lit-html.js';
import { linked } from '../shell/linked.js';

/** Above everything else when the alert cannot be believed. */
export const warning = ({ ok, reason }, { words }) =>
  ok
    ? nothing
    : html`<div class="panel panel--bad" id="unverified" role="alert">
        <p class="govuk-body"><strong>${words('verify.bad')}.</strong> ${words(`verify.${reason}`)}</p>
        <p class="govuk-body">${linked(words('verify.advice'))}</p>
      </div>`;

/** @param {import('./reading.js').Alert} alert @param {import('./town.js').Town} town */
export const seal = (alert, town, { words }) => html`<section aria-labelledby="real">
  <h2 class="govuk-heading-m" id="real">${words('verify.title')}</h2>
  <div class="panel ${alert.ok ? 'panel--good' : 'panel--bad'}" id="seal">
    <p class="govuk-body">
      ${alert.ok ? words('verify.ok', { municipality: town.name }) : `${words('verify.bad')}. ${words(`verify.${alert.reason}`)}`}
    </p>
    ${alert.ok ? html`<p class="govuk-body-s">${words('verify.key', { key: alert.key })}</p>` : nothing}
  </div>
  <p class="govuk-body"><a class="govuk-link alert-link" href="/a/${alert.id}#verification">${words('verify.how')}</a></p>
</section>`;
