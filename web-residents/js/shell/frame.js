// What stands around every view: skip link, header, the view's place, footer, and the navigation for the thumb.

import { html, nothing, svg } from '../../vendor/lit-html.js';
import { words } from '../i18n/words.js';
import { linked } from './linked.js';

const logo = () => html`<svg class="header__logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
  <path d="M8.5 8.5a10.6 10.6 0 0 0 0 15M23.5 8.5a10.6 10.6 0 0 1 0 15M12.3 12.3a5.2 5.2 0 0 0 0 7.4M19.7 12.3a5.2 5.2 0 0 1 0 7.4" />
  <circle cx="16" cy="16" r="2.4" />
</svg>`;

const TABS = [
  { name: 'alerts', href: '/', icon: svg`<path d="M12 4a6 6 0 0 0-6 6v4l-2 3h16l-2-3v-4a6 6 0 0 0-6-6ZM10 20a2 2 0 0 0 4 0" />` },
  { name: 'places', href: '/app/places', icon: svg`<path d="M12 21s-7-6.2-7-11a7 7 0 0 1 14 0c0 4.8-7 11-7 11Z" /><circle cx="12" cy="10" r="2.5" />` },
  { name: 'settings', href: '/app/settings', icon: svg`<path d="M4 7h9M17 7h3M4 17h3M11 17h9" /><circle cx="15" cy="7" r="2" /><circle cx="9" cy="17" r="2" />` },
];

const tab = ({ name, href, icon }, current) => html`<li class="tabs__item">
  <a class="tabs__link" href=${href} aria-current=${name === current ? 'page' : nothing}>
    <svg class="tabs__icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${icon}</svg>
    ${words(`shell.nav.${name}`)}
  </a>
</li>`;

const tabs = (current) => html`<nav class="tabs" aria-label=${words('shell.nav')}>
  <ul class="tabs__list">
    ${TABS.map((one) => tab(one, current))}
  </ul>
</nav>`;

/**
 * @param {{resident: boolean, place: string, offline: boolean, tab?: string, mount: unknown, banner?: unknown}} state
 *   `place`: the municipality's name, or nothing; `mount`: the `ref` directive of the view's own element;
 *   `banner`: what stands above every view
 */
export const frame = ({ resident, place, offline, tab: current, mount, banner }) => html`
  <a href="#main" class="govuk-skip-link">${words('shell.skip')}</a>
  <header class="header">
    <div class="header__row">
      <a class="header__home" href="/">
        ${logo()}
        <span>Alert Online${place ? html`<span class="header__place">${place}</span>` : nothing}</span>
      </a>
    </div>
  </header>
  ${offline ? html`<p class="offline" role="status"><span class="offline__words">${words('shell.offline')}</span></p>` : nothing}
  ${banner ?? nothing}
  <main class="page" id="main" tabindex="-1" ${mount}></main>
  <footer class="footer">
    <p>${linked(words('shell.supplements'))}</p>
    <p>
      <a class="govuk-link" href="/app/about">${words('shell.about')}</a>
      <a class="govuk-link" href="/alerts">${words('shell.public')}</a>
      <a class="govuk-link" href="/accessibility/residents">${words('shell.declaration')}</a>
    </p>
  </footer>
  ${resident ? tabs(current) : nothing}
`;
