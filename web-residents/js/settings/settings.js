// What the resident can choose. Each choice is saved as soon as it is made, and it is said whether it was.

import { html, nothing } from '../../vendor/lit-html.js';
import { within } from '../../sw/patience.js';
import { setLanguage, words } from '../i18n/words.js';
import { knownDevice } from '../receive/device.js';
import { saveResident, watchResident } from '../session/resident.js';
import { ask } from '../shell/dialog.js';
import { installPanel } from '../welcome/install.js';
import { deviceList, nameOf, removeDevice, watchDevices } from './devices.js';
import { createQuiet } from './quiet.js';
import { createSaving } from './saving.js';
import { choices } from './preferences.js';

const PATIENCE = 10_000; // ms for the server, when the phone does not know the choices

// Outlives the view: a change of language opens it anew while the change is being saved.
/** @type {(state: string) => void} */
let listener = () => {};
const saving = createSaving((state) => listener(state));

/** @returns {Promise<string | null>} the slot this browser is registered under */
const ownSlot = async (uid) => {
  const device = await knownDevice().catch(console.error);
  return device && device.uid === uid ? device.slot : null;
};

export async function open(app) {
  let stored = null; // as Firestore has it, with what waits to be written
  let chosen = null; // as chosen here, until the server has answered
  let waiting = false;
  let devices = [];
  /** @type {any} */
  let firstly;
  const first = new Promise((resolve, reject) => (firstly = { resolve, reject }));
  const own = await ownSlot(app.session.uid);

  listener = (state) => {
    if (state !== 'saving') app.say(words(state === 'refused' ? 'settings.refused.why' : `settings.${state}`));
    app.redraw();
  };
  const closers = [
    watchResident(app.session, (now, pending) => {
      stored = now;
      waiting = pending;
      firstly.resolve();
      app.redraw();
    }, firstly.reject),
    watchDevices(app.session, (now) => {
      devices = now;
      app.redraw();
    }, () => {}),
  ];
  const change = (part) => {
    chosen = { ...(chosen ?? stored), ...part };
    const preferences = chosen;
    saving.save(() => saveResident(app.session, preferences)).then(() => {
      if (chosen !== preferences) return;
      chosen = null;
      app.redraw();
    });
    if (part.language) setLanguage(part.language);
  };
  const quiet = createQuiet((hours) => change({ quiet_hours: hours }));
  const edit = (hours) => {
    if (quiet.edit(hours)) app.redraw();
  };
  const remove = (device) => removed(app, device);

  const close = () => {
    listener = () => {};
    closers.forEach((end) => end());
  };

  await within(PATIENCE, first).catch(console.error);
  if (!stored) {
    close();
    throw new Error('the choices are not known');
  }
  return {
    title: () => words('settings.title'),
    template: () => html`
      <h1 class="govuk-heading-l">${words('settings.title')}</h1>
      ${status(saving.state() || (waiting && 'queued'))} ${choices(chosen ?? stored, change, { ...quiet, edit })}
      <h2 class="govuk-heading-m">${words('settings.notifications')}</h2>
      <p class="govuk-body"><a class="govuk-link" href="/app/notifications">${words('settings.notifications.link')}</a></p>
      ${deviceList(devices, { own, language: app.language, ask: remove })} ${installPanel()} ${more()}
    `,
    close,
  };
}

async function removed(app, device) {
  const sure = await ask({
    title: words('settings.devices.ask'),
    body: words('settings.devices.ask.why', { name: nameOf(device) }),
    confirm: words('settings.devices.remove'),
  });
  if (!sure) return;
  const said = await removeDevice(app.session, device.slot).then(
    () => 'settings.devices.removed',
    () => 'settings.devices.failed',
  );
  app.say(words(said));
  document.getElementById('devices')?.focus();
}

const KINDS = { saved: 'panel--good', refused: 'panel--bad', queued: 'panel--warn' };

/** It stays at the top of the window. */
const status = (state) => html`<div class="status">
  ${state
    ? html`<div class="panel ${KINDS[state] ?? ''}" data-state=${state}>
        <p class="govuk-body"><strong>${words(`settings.${state}`)}</strong></p>
        ${state === 'refused' ? html`<p class="govuk-body">${words('settings.refused.why')}</p>` : nothing}
      </div>`
    : nothing}
</div>`;

const more = () => html`<h2 class="govuk-heading-m">${words('settings.more')}</h2>
  <ul class="govuk-list">
    <li><a class="govuk-link" href="/app/me">${words('settings.me')}</a></li>
    <li><a class="govuk-link" href="/app/about">${words('shell.about')}</a></li>
  </ul>`;
