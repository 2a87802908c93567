// How each channel is getting on: one that failed or drags holds up neither the alert nor another.

import { html, nothing } from '../../vendor/lit-html.js';
import { plain } from '../api/vocabulary.js';
import { has, locale, number, t } from '../i18n/index.js';
import { formatTime } from '../time/warsaw.js';

const nameOf = ({ channel, number: telling }) => t(telling > 1 ? 'channel.again' : 'channel.name', { channel: t(`channel.${channel}`) });

const stateOf = ({ state, due }) =>
  has(`delivery.${state}`) ? t(`delivery.${state}`, { time: due && formatTime(due, locale()) }) : plain(state);

const row = (one) => html`<tr class="govuk-table__row" data-delivery="${one.channel}.${one.number}">
  <th scope="row" class="govuk-table__header">${nameOf(one)}</th>
  <td class="govuk-table__cell">
    ${stateOf(one)}${one.refusal ? html`<br /><span class="govuk-hint">${one.refusal}</span>` : nothing}
  </td>
  <td class="govuk-table__cell govuk-table__cell--numeric">${number(one.targeted)}</td>
  <td class="govuk-table__cell govuk-table__cell--numeric">${number(one.accepted)}</td>
</tr>`;

const fault = ({ channel, number: telling }) =>
  html`<p class="govuk-error-message" role="alert">${t('channel.refused', { channel: nameOf({ channel, number: telling }) })}</p>`;

/** @param {any[] | undefined} deliveries of a summary; figures of a release before have none */
export const byChannel = (deliveries = []) =>
  deliveries.length
    ? html`${deliveries.filter(({ state }) => state === 'failed').map(fault)}
        <table class="govuk-table channels">
          <caption class="govuk-table__caption govuk-table__caption--s">${t('channels.title')}</caption>
          <thead class="govuk-table__head">
            <tr class="govuk-table__row">
              <th scope="col" class="govuk-table__header">${t('channels.channel')}</th>
              <th scope="col" class="govuk-table__header">${t('channels.state')}</th>
              <th scope="col" class="govuk-table__header govuk-table__header--numeric">${t('short.targeted')}</th>
              <th scope="col" class="govuk-table__header govuk-table__header--numeric">${t('short.accepted')}</th>
            </tr>
          </thead>
          <tbody class="govuk-table__body">${deliveries.map(row)}</tbody>
        </table>`
    : nothing;
