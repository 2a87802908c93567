// How each channel is getting on: one that failed or drags holds up neither the alert nor another.

import { html, nothing } from '../../vendor/lit-html.js';
import { label } from '../alerts/labels.js';
import { plain } from '../api/vocabulary.js';
import { has, locale, t } from '../i18n/index.js';
import { people } from '../shell/people.js';
import { formatTime } from '../time/warsaw.js';

/** A channel of a later release is called by its word. */
const named = (channel) => label('channels', channel);

const nameOf = ({ channel, number: telling }) => (telling > 1 ? t('channel.again', { channel: named(channel) }) : named(channel));

const stateOf = ({ state, due }) =>
  has(`delivery.${state}`) ? t(`delivery.${state}`, { time: due && formatTime(due, locale()) }) : plain(state);

const amount = (value) => html`<td class="figures-table__number">${people(value)}</td>`;

const row = (one) => html`<tr data-delivery="${one.channel}.${one.number}">
  <th scope="row">
    ${nameOf(one)}
    <span class="channel__state">${stateOf(one)}</span>
    ${one.refusal ? html`<span class="channel__state">${one.refusal}</span>` : nothing}
  </th>
  ${amount(one.targeted)} ${amount(one.accepted)}
</tr>`;

const fault = ({ channel, number: telling }) =>
  html`<p class="govuk-error-message" role="alert">${t('channel.refused', { channel: nameOf({ channel, number: telling }) })}</p>`;

/** @param {any[] | null | undefined} deliveries of a summary; figures of a release before have none */
export const byChannel = (deliveries) =>
  deliveries?.length
    ? html`${deliveries.filter(({ state }) => state === 'failed').map(fault)}
        <h3 class="govuk-heading-s" id="channels-title">${t('channels.title')}</h3>
        <table class="govuk-table figures-table" aria-labelledby="channels-title" data-table="channels">
          <thead>
            <tr>
              <th scope="col">${t('channels.channel')}</th>
              <th scope="col" class="figures-table__number">${t('short.targeted')}</th>
              <th scope="col" class="figures-table__number">${t('short.accepted')}</th>
            </tr>
          </thead>
          <tbody>
            ${deliveries.map(row)}
          </tbody>
        </table>`
    : nothing;
