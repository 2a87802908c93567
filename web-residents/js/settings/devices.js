// The phones and browsers that alerts of this resident are sent to.

import { collection, deleteDoc, doc, onSnapshot } from '../../vendor/firebase.js';
import { html, nothing } from '../../vendor/lit-html.js';
import { words } from '../i18n/words.js';
import { date } from '../shell/times.js';

/** @typedef {{slot: string, platform: "web" | "android" | "ios", target: string, updated: Date | null}} Device */

const deviceOf = (snapshot) => {
  const { platform, target, updated } = snapshot.data();
  return { slot: snapshot.id, platform, target: target.value, updated: updated?.toDate() ?? null };
};

/**
 * @param {{db: any, uid: string}} session
 * @param {(devices: Device[]) => void} listener
 * @param {(error: Error) => void} failed
 * @returns {() => void} ends it
 */
export const watchDevices = ({ db, uid }, listener, failed) =>
  onSnapshot(collection(db, 'residents', uid, 'devices'), (found) => listener(found.docs.map(deviceOf)), failed);

export const removeDevice = ({ db, uid }, slot) => deleteDoc(doc(db, 'residents', uid, 'devices', slot));

/** @returns {string} for people; the slot tells several of a kind apart */
export const nameOf = ({ platform, slot }) => `${words(`settings.devices.${platform}`)} (${slot})`;

const when = (time, language) => words('settings.devices.since', { date: date(time, language) });

const item = (device, { own, language, ask }) => html`<li class="devices__item" data-slot=${device.slot}>
  <div>
    ${nameOf(device)} ${device.slot === own ? html`<strong class="govuk-tag">${words('settings.devices.this')}</strong>` : nothing}
    ${device.updated ? html`<p class="devices__about">${when(device.updated, language)}</p>` : nothing}
  </div>
  ${device.slot === own
    ? nothing
    : html`<button
        type="button"
        class="govuk-button govuk-button--secondary"
        aria-label=${words('settings.devices.remove.which', { name: nameOf(device) })}
        @click=${() => ask(device)}
      >
        ${words('settings.devices.remove')}
      </button>`}
</li>`;

/** @param {{own: string | null, language: string, ask: (device: Device) => void}} options `own`: slot of this browser */
export const deviceList = (devices, options) => html`<h2 class="govuk-heading-m" id="devices" tabindex="-1">${words('settings.devices')}</h2>
  <p class="govuk-hint">${words(devices.length ? 'settings.devices.hint' : 'settings.devices.none')}</p>
  <ul class="devices">
    ${devices.map((device) => item(device, options))}
  </ul>`;
