// What stands around every page: skip link, header with language and sign-out, the notice, footer.

import { html, nothing } from '../../vendor/lit-html.js';
import { chooseMunicipality } from '../api/municipality.js';
import { otherLanguages, setLanguage, t } from '../i18n/index.js';

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

function goTo(terc) {
  chooseMunicipality(terc);
  location.assign('/alerts');
}

const person = (me, signOut) => html`
  ${me ? html`${places(me)}<span class="header__name">${me.name}</span>` : nothing}
  <button type="button" class="header__button" @click=${signOut}>${t('shell.signOut')}</button>
`;

const mayAudit = (me) => Boolean(me?.roles?.some((role) => role === 'auditor' || role === 'admin'));

const logo = () => html`<svg class="header__logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
  <path d="M8.5 8.5a10.6 10.6 0 0 0 0 15M23.5 8.5a10.6 10.6 0 0 1 0 15M12.3 12.3a5.2 5.2 0 0 0 0 7.4M19.7 12.3a5.2 5.2 0 0 1 0 7.4" />
  <circle cx="16" cy="16" r="2.4" />
</svg>`;

/**
 * @param {{signedIn: boolean, me: any, offline: boolean, signOut: () => void, mount: unknown}} state
 *   `me` null until the API has said who it is; `mount` is the `ref` directive of the page's own element
 */
export const shell = ({ signedIn, me, offline, signOut, mount }) => html`
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
  ${offline ? html`<p class="offline" role="status"><span class="govuk-width-container">${t('shell.offline')}</span></p>` : nothing}
  <div class="govuk-width-container">
    <main class="govuk-main-wrapper page" id="main" tabindex="-1" ${mount}></main>
  </div>
  <footer class="footer">
    <div class="govuk-width-container">
      ${me ? html`<p class="govuk-body-s"><a class="govuk-link" href="/templates">${t('templates.title')}</a></p>` : nothing}
      ${signedIn ? html`<p class="govuk-body-s"><a class="govuk-link" href="/coverage">${t('coverage.title')}</a></p>` : nothing}
      ${me?.roles.includes('admin') ? html`<p class="govuk-body-s"><a class="govuk-link" href="/people">${t('people.title')}</a></p>` : nothing}
      ${signedIn ? html`<p class="govuk-body-s"><a class="govuk-link" href="/account">${t('account.title')}</a></p>` : nothing}
      ${signedIn ? html`<p class="govuk-body-s"><a class="govuk-link" href="/rights">${t('rights.title')}</a></p>` : nothing}
      ${mayAudit(me) ? html`<p class="govuk-body-s"><a class="govuk-link" href="/audit">${t('audit.title')}</a></p>` : nothing}
      ${me?.roles?.includes('admin') ? html`<p class="govuk-body-s"><a class="govuk-link" href="/review">${t('review.title')}</a></p>` : nothing}
      <p class="govuk-body-s"><a class="govuk-link" rel="external" href="/accessibility/staff">${t('shell.declaration')}</a></p>
      <p class="govuk-body-s">${t('shell.supplements')}</p>
    </div>
  </footer>
`;
