// What stands around every page: skip link, header with language and sign-out, the notice, footer.

import { html, nothing } from '../../vendor/lit-html.js';
import { sees } from '../api/own_pages.js';
import { otherLanguages, setLanguage, t } from '../i18n/index.js';
import { goTo } from './places.js';
import { standingIn } from './standing_in.js';

const inOtherLanguages = () =>
  otherLanguages().map(
    ({ code, name }) => html`<button type="button" class="header__button" lang=${code} @click=${() => setLanguage(code)}>${name}</button>`,
  );

/** Where somebody acts in several municipalities: each with its own roles. */
const places = ({ municipalities = [], terc }) =>
  municipalities.length < 2
    ? nothing
    : html`<label class="govuk-visually-hidden" for="place">${t('shell.place')}</label>
        <select class="govuk-select" id="place" @change=${(event) => goTo(event.target.value)}>
          ${municipalities.map((one) => html`<option value=${one.terc} ?selected=${one.terc === terc}>${one.name}</option>`)}
        </select>`;

const person = (me, signOut) => html`
  ${me ? html`${places(me)}<span class="header__name">${me.name}</span>` : nothing}
  <button type="button" class="header__button" @click=${signOut}>${t('shell.signOut')}</button>
`;

/** Where a footer leads, and who is led there. @type {{to: string, key: string, when: (me: any) => boolean}[]} */
const LINKS = [
  { to: '/templates', key: 'templates.title', when: (me) => sees(me, 'templates') },
  { to: '/series', key: 'series.title', when: (me) => sees(me, 'series') },
  { to: '/calls', key: 'calls.title', when: (me) => sees(me, 'calls') },
  { to: '/coverage', key: 'coverage.title', when: (me) => sees(me, 'coverage') },
  { to: '/people', key: 'people.title', when: (me) => sees(me, 'people') },
  { to: '/people', key: 'standIn.title', when: (me) => me && !sees(me, 'people') },
  { to: '/review', key: 'review.title', when: (me) => sees(me, 'review') },
  { to: '/audit', key: 'audit.title', when: (me) => sees(me, 'audit') },
  { to: '/centres', key: 'centres.title', when: (me) => sees(me, 'people') },
  { to: '/account', key: 'account.title', when: Boolean },
];

const links = (me) =>
  LINKS.filter(({ when }) => when(me)).map(({ to, key }) => html`<p class="govuk-body-s"><a class="govuk-link" href=${to}>${t(key)}</a></p>`);

const logo = () => html`<svg class="header__logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
  <path d="M8.5 8.5a10.6 10.6 0 0 0 0 15M23.5 8.5a10.6 10.6 0 0 1 0 15M12.3 12.3a5.2 5.2 0 0 0 0 7.4M19.7 12.3a5.2 5.2 0 0 1 0 7.4" />
  <circle cx="16" cy="16" r="2.4" />
</svg>`;

/**
 * @param {{signedIn: boolean, me: any, standIn: import('../api/people.js').StandIn | null, cameHome: boolean, offline: boolean,
 *   signOut: () => void, mount: unknown}} state
 *   `me` null until the API has said who it is; `mount` is the `ref` directive of the page's own element
 */
export const shell = ({ signedIn, me, standIn, cameHome, offline, signOut, mount }) => html`
  <a href="#main" class="govuk-skip-link">${t('shell.skip')}</a>
  <header class="header">
    <div class="govuk-width-container header__row">
      <a class="header__home" href="/alerts">
        ${logo()}
        <span>Alert Online${me ? html`<span class="header__place">${me.municipality.name}</span>` : nothing}</span>
      </a>
      <div class="header__side">${inOtherLanguages()}${signedIn ? person(me, signOut) : nothing}</div>
    </div>
  </header>
  ${standingIn(me, standIn, cameHome)}
  ${offline ? html`<p class="offline" role="status"><span class="govuk-width-container">${t('shell.offline')}</span></p>` : nothing}
  <div class="govuk-width-container">
    <main class="govuk-main-wrapper page" id="main" tabindex="-1" ${mount}></main>
  </div>
  <footer class="footer">
    <div class="govuk-width-container">
      ${links(me)}
      <p class="govuk-body-s"><a class="govuk-link" rel="external" href="/accessibility/staff">${t('shell.declaration')}</a></p>
      <p class="govuk-body-s">${t('shell.supplements')}</p>
    </div>
  </footer>
`;
