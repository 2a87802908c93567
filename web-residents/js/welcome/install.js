// Adding the app to the phone: the browser's own offer where there is one, drawn steps on iPhone and iPad.

import { html, nothing } from '../../vendor/lit-html.js';
import { words } from '../i18n/words.js';
import { platform } from '../receive/platform.js';
import { steps } from './iphone.js';

let offer = null;
let changed = () => {};
let copied = false;

/** @param {() => void} listener called when the browser offers to install, or has installed */
export function watchInstall(listener) {
  changed = listener;
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offer = event;
    changed();
  });
  addEventListener('appinstalled', () => {
    offer = null;
    changed();
  });
}

const standalone = () => /** @type {any} */ (navigator).standalone === true || matchMedia('(display-mode: standalone)').matches;

/** Web push on iOS works from the home screen only (WebKit, "Web Push for Web Apps on iOS and iPadOS"). */
export const needsHomeScreen = () => platform().system === 'ios' && !standalone();

async function install() {
  const asked = offer;
  offer = null;
  await asked.prompt();
  changed();
}

/** The browser's offer, when it made one. */
export const installPanel = () =>
  offer === null
    ? nothing
    : html`<section class="card" aria-labelledby="install">
        <h2 class="govuk-heading-s" id="install">${words('install.title')}</h2>
        <p class="govuk-body">${words('install.lead')}</p>
        <button type="button" class="govuk-button govuk-button--secondary" @click=${install}>${words('install.button')}</button>
      </section>`;

/** The home screen's app starts elsewhere and knows nothing of the link that was opened here. */
function linkToTake(letterLink) {
  const link = letterLink ?? (location.pathname === '/app/visit' && location.hash ? location.href : null);
  if (!link) return nothing;
  return html`<p class="govuk-body" id="visit-link"><strong>${words('install.iphone.link')}</strong></p>
    <p class="govuk-body alert__address">${link}</p>
    <button type="button" class="govuk-button govuk-button--secondary" id="copy-link" @click=${() => copyLink(link)}>${words(copied ? 'elsewhere.copied' : 'install.iphone.copy')}</button>`;
}

async function copyLink(link) {
  copied = await navigator.clipboard.writeText(link).then(() => true, () => false);
  changed();
}

/** @param {() => void} anyway for one who does not want it on the home screen @param {string | null} [letterLink] not in the address bar */
export const homeScreenPanel = (anyway, letterLink = null) => html`<section class="card" aria-labelledby="home-screen">
  <h2 class="govuk-heading-m" id="home-screen" tabindex="-1">${words('install.iphone.title')}</h2>
  <p class="govuk-body">${words('install.iphone.why')}</p>
  ${steps()} ${linkToTake(letterLink)}
  <button type="button" class="govuk-button govuk-button--secondary button-wide" id="anyway" @click=${anyway}>
    ${words('install.iphone.anyway')}
  </button>
</section>`;
