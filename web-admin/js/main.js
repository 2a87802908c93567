// Starts the page: Firebase, the session, then one page per address.

import { html, ref, render } from '../vendor/lit-html.js';
import { chosenMunicipality } from './api/municipality.js';
import { sees } from './api/own_pages.js';
import { Problem, Unreachable } from './api/request.js';
import { learnWords, onLanguageChange, t } from './i18n/index.js';
import { connect } from './session/firebase.js';
import { createSession } from './session/session.js';
import { followStandIn } from './session/stand_in.js';
import { openSignIn } from './session/sign_in.js';
import { titled } from './shell/badge.js';
import { failurePanel, offerSignIn } from './shell/failure.js';
import { keepingFocus } from './shell/focus.js';
import { cameHome, comeHome } from './shell/places.js';
import { match, navigate, startRouter } from './shell/router.js';
import { shell } from './shell/shell.js';
import { view } from './shell/view.js';

const PAGES = {
  list: async () => (await saying('duty', import('./alerts/list.js'))).openList,
  compose: async () => (await saying('duty', import('./compose/page.js'))).openCompose,
  exercise: async () => (await saying('duty', import('./compose/page.js'))).openExercise,
  announcement: async () => (await saying('duty', import('./exercise/announcement.js'))).openAnnouncement,
  detail: async () => (await saying('duty', import('./detail/page.js'))).openDetail,
  templates: async () => (await saying('templates', import('./templates/list.js'))).openTemplates,
  template: async () => (await saying('templates', import('./templates/editor.js'))).openTemplate,
  worded: async () => (await saying('templates', import('./worded/page.js'))).openWorded,
  coverage: async () => (await import('./coverage/page.js')).openCoverage,
  account: async () => (await import('./account/page.js')).openAccount,
  people: async () => (await import('./people/page.js')).openPeople,
  join: async () => (await import('./enrol/page.js')).openJoin,
  recover: async () => (await import('./enrol/recover.js')).openRecover,
  audit: async () => (await import('./audit/page.js')).openAudit,
  review: async () => (await import('./review/page.js')).openReview,
  series: async () => (await import('./series/page.js')).openSeries,
  report: async () => (await import('./report/page.js')).openReport,
  centres: async () => (await import('./report/centres.js')).openCentres,
  calls: async () => (await import('./calls/page.js')).openCalls,
  missing: async () => openMissing,
};

/** A page with words that the others do not say. @param {string} words @param {Promise<any>} page */
async function saying(words, page) {
  const [opened] = await Promise.all([page, learnWords(words)]);
  return opened;
}

const WITHOUT_SESSION = ['join', 'recover'];

const app = /** @type {HTMLElement} */ (document.getElementById('app'));
/** @type {any} */
let main = null;
/** @type {any} */
let session = null;
/** @type {any} */
let user = null;
let close = () => {};
let turn = 0;
let firstPage = true;
let signInWords = {};
/** @type {import('./api/people.js').StandIn | null} */
let standIn = null;
let following = { close: () => {} };
let home = cameHome();

const drawShell = () => keepingFocus(app, renderShell);

const renderShell = () =>
  render(
    shell({
      signedIn: Boolean(user),
      me: session?.me ?? null,
      standIn,
      cameHome: home,
      offline: !navigator.onLine,
      signOut: () => session.signOut(),
      mount: ref((element) => {
        main = element ?? main;
      }),
    }),
    app,
  );

function openMissing(root) {
  const page = view(
    root,
    () => html`<h1 class="govuk-heading-l" tabindex="-1">${t('missing.title')}</h1>
      <p class="govuk-body">${t('missing.body')}</p>
      <p class="govuk-body"><a class="govuk-link" href="/alerts">${t('missing.back')}</a></p>`,
  );
  page.drawNow();
  return page.close;
}

function openFailure(root, error) {
  const again = html`<p><button type="button" class="govuk-button" @click=${show}>${t('failure.again')}</button></p>`;
  const page = view(
    root,
    () => html`<h1 class="govuk-heading-l" tabindex="-1">${t('failure.title')}</h1>
      ${failurePanel(error, again)}`,
  );
  page.drawNow();
  return page.close;
}

/** Who decides about people alone has no alerts to list. */
const forRoles = (page) => (page === 'list' && session.me && !sees(session.me, 'alerts') ? 'people' : page);

/** Whoever acts for another municipality goes home by themselves when the time is over. */
function follow(me) {
  following.close();
  standIn = null;
  if (!me.on_behalf) return;
  const onKnown = (agreement) => {
    standIn = agreement;
    drawShell();
  };
  following = followStandIn(me.terc, { onKnown, onOver: comeHome });
}

/** Opens the page; resolves with its `close`. */
async function open(root) {
  const { page, id } = match(location.pathname);
  const needsSession = !WITHOUT_SESSION.includes(page);
  if (!user && needsSession) return openSignIn(root, session, signInWords);
  if (!session.me && needsSession) {
    await session.load();
    follow(session.me);
    drawShell();
  }
  const opener = await PAGES[forRoles(page)]().catch((error) => {
    throw new Unreachable(String(error));
  });
  return opener(root, session, { id, query: new URLSearchParams(location.search) });
}

/** Shows the page of the address; a page that opens late does not replace a newer one. */
async function show() {
  const mine = ++turn;
  close();
  close = () => {};
  if (!firstPage) home = false;
  drawShell();
  const root = document.createElement('div');
  main.replaceChildren(root);
  const opened = await open(root).catch((error) => refused(error) ?? openFailure(root, error));
  if (mine !== turn) return opened();
  close = opened;
  arrive(root);
}

/** The API no longer accepts the session: back to signing in, with the reason; or no longer the stand-in: home. */
function refused(error) {
  if (!(error instanceof Problem)) return null;
  if (error.code === 'no-municipality' && chosenMunicipality()) {
    comeHome();
    return () => {};
  }
  if (error.status !== 401) return null;
  signInAgain();
  return () => {};
}

function signInAgain() {
  signInWords = { notice: 'signIn.ended' };
  session.expire();
}

/** After a change of page the reader starts at its heading, as after loading a document. */
function arrive(root) {
  titleFrom(root);
  const placed = 'placed' in root.dataset; // a page that one comes back to stands where it was
  if (!firstPage && !placed && !root.contains(document.activeElement)) root.querySelector('h1')?.focus();
  if (!firstPage && !placed) scrollTo(0, 0);
  firstPage = false;
}

function titleFrom(root) {
  const heading = root.querySelector('h1')?.textContent.trim();
  document.title = titled(heading ?? '');
}

function watchConnection() {
  addEventListener('online', drawShell);
  addEventListener('offline', drawShell);
}

async function start() {
  drawShell();
  offerSignIn(signInAgain);
  watchConnection();
  onLanguageChange(() => {
    drawShell();
    setTimeout(() => titleFrom(main)); // after the page was drawn
  });
  try {
    session = createSession(
      await connect().catch((error) => {
        throw new Unreachable(String(error));
      }),
    );
  } catch (error) {
    close = openFailure(main, error);
    return;
  }
  startRouter(show);
  session.onUser((next, refusal) => {
    user = next;
    following.close();
    if (next) signInWords = {};
    if (refusal) signInWords = { failure: refusal };
    if (location.pathname === '/') return navigate('/alerts', { replace: true });
    return show();
  });
}

start();
