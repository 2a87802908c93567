// What the app says and asks by itself, seldom: that it is still used, and, once a year for each place, "do you still live here?"

import { collection, doc, getDocs, serverTimestamp, setDoc } from '../../vendor/firebase.js';
import { html, nothing } from '../../vendor/lit-html.js';
import { nameOf } from '../places/label.js';
import { confirmPlace, removePlace } from '../places/store.js';
import { ask } from '../shell/dialog.js';

const DAY = 24 * 3600 * 1000; // ms
const WEEK = 7 * DAY;
const YEAR = 365 * DAY;
const ASKED = ['/', '/app/places']; // where there is room for a question

let looked = false; // whether it was asked, since the app was started, for which places it is time
let due = []; // places to ask for, {slot, label}
let changed = () => {};

/**
 * Called at each start with a session.
 * @param {any} app
 * @param {() => void} onChange the question is to be drawn, or not any more
 */
export async function startStillHere(app, onChange) {
  changed = onChange;
  looked = false;
  await Promise.all([sayUsed(app), lookOnce(app)]);
}

/** Who comes to read an alert is not asked, so nothing is read for it. */
async function lookOnce(app) {
  if (looked || !ASKED.includes(location.pathname)) return;
  looked = true;
  await look(app);
}

/**
 * An installation that is not heard of for 270 days expires (docs/data.md), so it is heard of once a week. Where it has
 * expired, the resident's document is written anew; the address has to be entered again.
 */
async function sayUsed({ session: { db, uid }, language, local }) {
  const last = await local('used').get();
  if (last && Date.now() - last < WEEK) return;
  await local('used').set(Date.now());
  if (!last) return; // just agreed
  const reference = doc(db, 'residents', uid);
  const now = { seen: serverTimestamp(), updated: serverTimestamp() };
  await setDoc(reference, now, { merge: true }).catch((error) => {
    if (error.code !== 'permission-denied') throw error;
    return setDoc(reference, { language, ...now });
  });
}

/** A place that ends by itself is not asked for. */
/** @param {Record<string, any>} place */
const isDue = ({ until, confirmed, updated }, now) => !until && Math.max(millis(confirmed), millis(updated)) < now - YEAR;

const millis = (time) => time?.toMillis() ?? 0;

/** Once a day; "not now" counts until the next. */
async function look({ session: { db, uid }, local }) {
  const last = await local('lived').get();
  if (last && Date.now() - last < DAY) return;
  const places = await getDocs(collection(db, 'residents', uid, 'places'));
  const asked = places.docs.filter((place) => isDue(place.data({ serverTimestamps: 'estimate' }), Date.now()));
  due = asked.map((place) => ({ slot: place.id, label: place.data().label }));
  if (!due.length) await local('lived').set(Date.now());
  changed();
}

/** Where the question was, the view goes on. */
function answered() {
  due = due.slice(1);
  changed();
  if (!due.length) /** @type {HTMLElement | null} */ (document.querySelector('main h1'))?.focus();
}

function stays(app, slot) {
  confirmPlace(app.session, slot).catch(console.error);
  app.say(app.words('leave.here.thanks'));
  answered();
}

async function gone(app, { slot, label }) {
  const { words } = app;
  const sure = await ask({
    title: words('leave.here.ask', { label }),
    body: words('leave.here.ask.why'),
    confirm: words('leave.here.remove'),
  });
  if (!sure) return;
  removePlace(app.session, slot).catch(console.error);
  app.say(words('leave.here.removed'));
  answered();
}

async function later(app) {
  due = [];
  answered();
  await app.local('lived').set(Date.now());
}

/** One place after the other. @param {any} app */
export function banner(app) {
  lookOnce(app).catch(console.error);
  const [place] = due;
  if (!place || !ASKED.includes(location.pathname)) return nothing;
  const { words } = app;
  const label = nameOf(place, app);
  return html`<aside class="still-here" aria-labelledby="still-here-title">
    <p class="still-here__title" id="still-here-title">${words('leave.here.title', { label })}</p>
    <p class="still-here__text">${words('leave.here.why')}</p>
    <div class="button-row">
      <button type="button" class="govuk-button" id="still-here-yes" @click=${() => stays(app, place.slot)}>${words('leave.here.yes')}</button>
      <a class="govuk-button govuk-button--secondary" id="still-here-moved" href="/app/places/${place.slot}" @click=${answered}>${words('leave.here.moved')}</a>
      <button type="button" class="govuk-button govuk-button--secondary" id="still-here-no" @click=${() => gone(app, { ...place, label })}>
        ${words('leave.here.no')}
      </button>
      <button type="button" class="govuk-button govuk-button--secondary" id="still-here-later" @click=${() => later(app)}>
        ${words('leave.here.later')}
      </button>
    </div>
  </aside>`;
}
