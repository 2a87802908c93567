// Starts the app: the session if there is one, then a view per address.

import { html, nothing, ref, render } from '../vendor/lit-html.js';
import { label, language, learnt, onLanguageChange, onUnlearnt, setLanguage, words } from './i18n/words.js';
import { FAREWELL, hasAgreed, onConsentForgotten } from './session/consent.js';
import { local } from './session/local.js';
import { announce } from './shell/announce.js';
import { failure, missing } from './shell/failure.js';
import { frame } from './shell/frame.js';
import { isOfTwoReleases, reloadedOnce } from './shell/releases.js';
import { go, startRouter } from './shell/router.js';
import { askClock, recallClock } from '../sw/clock.js';
import { within } from '../sw/patience.js';
import { match } from './routes.js';
import { fetchAhead } from './welcome/ahead.js';
import { watchInstall } from './welcome/install.js';
import { open as openWelcome } from './welcome/welcome.js';
import { done, finish, isDone, leaveSteps, open as openStep, pending, progress, skipButton, unfinished } from './shell/steps.js';

const PATIENCE = 2_000; // ms for the session; what is on the phone is shown without it then

const root = /** @type {HTMLElement} */ (document.getElementById('app'));
/** @type {any} */
let main = null;
/** @type {string | undefined} */
let tab;
let place = '';
/** @type {any} */
let view = null;
/** @type {any} */
let viewRoot = null;
let turn = 0;
let firstView = true;
let waiting = false;
let welcomed = false;
let triesOut = false; // somebody new is shown a notification once they are on
/** @type {any} */
let receive = null; // notifications, once there is a session
/** @type {any} */
let stillHere = null; // "do you still live here?", likewise
/** @type {any} */
let arrivals = null; // what came by push while another view is open, likewise
/** @type {any} */
let besideOf = null; // the session that it goes on for
/** @type {Promise<void> | null} */
let resuming = null;

/** What every view gets. */
const app = {
  words,
  label,
  get language() {
    return language();
  },
  setLanguage,
  session: /** @type {import('./session/session.js').Session | null} */ (null),
  go,
  redraw,
  say: announce,
  local,
  /** After the resident agreed. */
  enter(session) {
    app.session = session;
    drawFrame();
    beside();
  },
  /** The municipality named in the header. */
  showPlace(name) {
    place = name ?? '';
    local('place').set(place);
    drawFrame();
  },
  /**
   * After "place" or "notifications" is done: on with the first visit's steps, or, when none are left, to `otherwise`.
   * `receives`: the browser may show notifications by now.
   */
  finished(step, otherwise, { leftOut = false, receives = false } = {}) {
    if (receives) isDone('notifications');
    triesOut ||= receives && Boolean(pending());
    const next = finish(step, { leftOut });
    beside();
    welcomed = next === '/' && !openStep();
    go(next ?? otherwise, { replace: true });
  },
};

const mount = ref((element) => {
  main = element ?? main;
});

const banners = () => [arrivals, receive, stillHere].map((part) => part?.banner(app) ?? nothing);

const drawFrame = () =>
  render(frame({ resident: Boolean(app.session), place, offline: !navigator.onLine, tab, mount, banner: banners() }), root);

/** Without waiting for it: what it finds out is drawn when it is known. */
async function receiveAlerts() {
  receive ??= await import('./receive/start.js');
  await receive.startReceiving(app, (state) => {
    if (['on', 'off'].includes(state) && location.pathname !== '/app/notifications') isDone('notifications'); // there, "Next" says so
    if (state === 'on' && triesOut) tryOut();
    drawFrame();
    redraw();
  });
}

/** What shows that it works: the first notification, on the way of an alert. */
function tryOut() {
  triesOut = false;
  receive.tryOut(app, () => {}).catch(console.error);
}

/** What goes on beside the views of one who has agreed; in the first visit it waits until an address is there, or left out. */
function beside() {
  const first = pending();
  if (!app.session || besideOf === app.session || (first?.name === 'place' && ['/', first.path].includes(location.pathname))) return;
  besideOf = app.session;
  for (const part of [receiveAlerts, askStillHere, watchArrivals]) learnt().then(part).catch(console.error);
}

async function watchArrivals() {
  if (arrivals) return;
  arrivals = await import('./alerts/arrivals.js');
  arrivals.startArrivals(app, drawFrame);
}

async function askStillHere() {
  stillHere ??= await import('./leave/still_here.js');
  await stillHere.startStillHere(app, drawFrame);
}

function drawView() {
  waiting = false;
  if (!view) return;
  render([above(), view.template(), below()], viewRoot);
  const title = typeof view.title === 'function' ? view.title() : view.title;
  document.title = title ? `${title} – Alert Online` : 'Alert Online';
}

/** @returns {any} */
const stepHere = () => (app.session && pending()?.path === location.pathname ? pending() : null);

function dismiss() {
  leaveSteps();
  redraw();
}

/** The steps of the first visit: where one stands, or what was left out. */
function above() {
  const step = stepHere();
  if (step) return progress(step.name);
  if (!app.session || location.pathname !== '/') return nothing;
  if (welcomed) return view.filled?.() ? nothing : done();
  const left = openStep();
  const said = left?.name === 'notifications' && receive && receive.banner(app) !== nothing; // above, and once is enough
  return left && !said ? unfinished(left, dismiss) : nothing;
}

function below() {
  const step = stepHere();
  const skip = () => app.finished(step.name, '/', { leftOut: !view.done?.() });
  return step && !view.done?.() && (view.skippable?.() ?? true) ? skipButton(step.name, skip) : nothing;
}

/** Draws the view anew, once per moment, however many changes came together. */
function redraw() {
  if (waiting) return;
  waiting = true;
  queueMicrotask(drawView);
}

async function resumed() {
  if (app.session || !hasAgreed()) return;
  const { resume } = await import('./session/session.js');
  app.session = await resume();
  beside();
}

/** Once, however many views are opened meanwhile; one that failed is tried anew. */
function resumedOnce() {
  resuming ??= resumed().finally(() => (resuming = null));
  return resuming;
}

/** Views that can say what is on the phone before there is a session, and are opened anew when there is one. */
async function early(found) {
  const mine = turn;
  resumedOnce().then(
    () => mine === turn && show('back'),
    (error) => mine === turn && (console.error(error), show('back')),
  );
  return told(found);
}

/** @returns {Promise<any>} a view of what came by push */
async function told(found) {
  const [{ open }] = await Promise.all([import('./alerts/early.js'), learnt()]);
  return open(app, found.parameters);
}

/** Where one who has not agreed is led instead; null: to no other place. */
function elsewhere({ route, parameters }) {
  return app.session || typeof route.guest !== 'function' ? null : route.guest(parameters);
}

async function load(found) {
  if (!found) return missing();
  const late = await within(PATIENCE, resumedOnce().then(() => false), true);
  if (late && found.route.tab === 'alerts') return early(found);
  if (late) await resumedOnce();
  const kept = !app.session && hasAgreed() && found.route.tab === 'alerts' ? await told(found) : null; // the browser forgot the account
  if (kept?.filled()) return kept;
  const other = elsewhere(found);
  if (other) return location.replace(other);
  if (!app.session && !found.route.guest) return openWelcome(app);
  const [module] = await Promise.all([found.route.load(), learnt()]);
  const parameters = { ...found.parameters, query: new URLSearchParams(location.search), fragment: location.hash.slice(1) };
  return module.open(app, parameters);
}

async function failed(error) {
  console.error(error);
  if ((await isOfTwoReleases(error)) && reloadedOnce()) return null;
  return failure(again);
}

/** A browser keeps a module that failed for as long as the page lives, so the page is loaded anew, if it can be had. */
async function again() {
  const there = await fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then(({ ok }) => ok, () => false);
  if (there) location.reload();
  else show('go');
}

/** Shows the view of the address; one that opens late does not replace a newer one. */
async function show(how) {
  const mine = ++turn;
  if (location.pathname !== '/') welcomed = false;
  const found = match(location.pathname);
  view?.close?.();
  view = null;
  tab = found?.route.tab;
  beside();
  drawFrame();
  viewRoot = document.createElement('div');
  viewRoot.className = 'view';
  main.replaceChildren(viewRoot);
  render(html`<p class="loading"><span class="govuk-visually-hidden">${words('shell.loading')}</span></p>`, viewRoot);
  const opened = (await load(found).catch(failed)) ?? null;
  if (mine !== turn) return opened?.close?.();
  view = opened;
  drawFrame();
  drawView();
  return arrive(how);
}

/** After a change of view the reader starts at its heading, as after loading a document. */
function arrive(how) {
  const heading = viewRoot.querySelector('h1');
  heading?.setAttribute('tabindex', '-1');
  if (!firstView && !viewRoot.contains(document.activeElement)) heading?.focus({ preventScroll: how === 'back' });
  if (!firstView && how === 'go') scrollTo(0, 0);
  firstView = false;
}

/** Views are opened anew in the new language; the focus stays on the control that changed it. */
async function translate() {
  const id = document.activeElement?.id;
  await show('back');
  if (id) document.getElementById(id)?.focus();
}

async function start() {
  root.replaceChildren(); // what stands there for browsers in which the app does not start
  if (hasAgreed()) fetchAhead({ isNew: false });
  drawFrame();
  addEventListener('online', drawFrame);
  addEventListener('offline', drawFrame);
  onLanguageChange(translate);
  onUnlearnt(() => announce(words('shell.language.failed')));
  onConsentForgotten(() => app.session && location.replace(FAREWELL));
  watchInstall(redraw);
  startRouter(show, (path) => Boolean(match(path)));
  local('place').get().then((name) => name && app.showPlace(name));
  recallClock().then(redraw);
  await show('go');
  learnt().catch(console.error);
  if (hasAgreed()) askClock().then(redraw).catch(console.error); // alerts end by it
}

start();
