// /app/join#a=..: the link of a letter, which names its address behind the "#". Seen by whoever is new, too: agreement, saving and
// notifications are one step. The address is in memory alone, and out of the address bar at once.

import { html, nothing } from '../../vendor/lit-html.js';
import { language, words } from '../i18n/words.js';
import { addressOf, codesInLink } from '../address/address.js';
import { libraryOf } from '../address/library.js';
import { municipalities } from '../places/municipality.js';
import { Picked } from '../places/picked.js';
import { ask, permission } from '../receive/permission.js';
import { beginSteps } from '../shell/steps.js';
import { consent, failurePanel, storedDetails } from './consent_box.js';
import { elsewherePanel, obstacle } from './elsewhere.js';
import { homeScreenPanel, needsHomeScreen } from './install.js';
import { languages } from './languages.js';
import { reasonOf } from './refused.js';

const PATH = '/app/join';

/** @type {string} */
let fragment = ''; // of the link that was opened last: the view is opened anew in another language
let agreed = false;
let anyway = false;

export async function open(app, { fragment: given }) {
  if (given) [fragment, agreed] = [given, false];
  history.replaceState(history.state, '', PATH);
  const view = new Join(app);
  view.look();
  return view;
}

class Join {
  /** @type {Picked | null} */
  #picked = null;
  /** @type {"loading" | "broken" | "unserved" | "unknown" | "failed" | "found"} */
  #state = 'loading';
  #refusal = '';
  #busy = false;
  /** @type {string | null} */
  #failed = null;
  #copied = false;

  /** @param {any} app */
  constructor(app) {
    this.app = app;
  }

  title = () => words('join.title');

  close() {}

  look = async () => {
    this.#state = await this.#find().catch((error) => (console.error(error), /** @type {const} */ ('failed')));
    this.app.redraw();
  };

  async #find() {
    const codes = codesInLink(fragment);
    if (!codes) return 'broken';
    const municipality = (await municipalities()).find(({ terc }) => terc === codes.terc);
    if (!municipality) return 'unserved';
    const library = await libraryOf(codes.terc);
    const address = library && (await addressOf(library, codes));
    if (!library || !address?.house) return 'unknown';
    this.#picked = await Picked.address(this.app, library, address, municipality);
    return this.#picked ? 'found' : 'unknown';
  }

  /** The browser answers only to a press, so it is asked before anything is waited for. */
  #submit = async (event) => {
    event.preventDefault();
    if (this.#busy) return;
    this.#failed = null;
    this.#refusal = agreed || this.app.session ? '' : words('welcome.consent.missing');
    if (this.#refusal) return this.#complain('consent', this.#refusal);
    this.#busy = true;
    this.app.redraw();
    const asking = permission() === 'default' ? ask() : null;
    await this.#join(asking).catch(this.#fail);
  };

  /** @param {Promise<unknown> | null} asking */
  async #join(asking) {
    const session = this.app.session ?? (await (await import('../session/session.js')).begin(language()));
    const { currentPlaces, freeSlot, savePlace } = await import('../places/store.js');
    const picked = /** @type {Picked} */ (this.#picked);
    const isNew = !this.app.session;
    const places = isNew ? [] : await currentPlaces(session);
    const there = places.find(({ cell }) => cell === picked.place.cell);
    const slot = there?.slot ?? freeSlot(places);
    if (!slot) return this.app.go('/app/places/new', { replace: true }); // says that all are taken
    const label = there?.label ?? (places.length ? picked.app.words('places.unnamed') : words('places.preset.home'));
    await savePlace(session, slot, { label, until: there?.until ?? null, ...picked.place });
    await asking;
    return this.#goOn(session, isNew, picked, label);
  }

  #goOn(session, isNew, { municipality }, label) {
    if (isNew) beginSteps();
    this.app.enter(session);
    this.app.showPlace(municipality.name);
    fragment = '';
    this.app.finished('place', '/app/places', { receives: permission() === 'granted' });
    this.app.say(words('places.saved.written', { label }));
  }

  #fail = (error) => {
    console.error(error);
    this.#busy = false;
    this.#failed = words(`welcome.failed.${reasonOf(error)}`);
    this.#complain('failure', this.#failed);
  };

  #complain(id, text) {
    this.app.redraw();
    setTimeout(() => document.getElementById(id)?.focus());
    this.app.say(text);
  }

  template() {
    return html`${this.app.session ? nothing : languages()}
      <h1 class="govuk-heading-l" tabindex="-1">${words('join.title')}</h1>
      ${this.#below()}`;
  }

  #below() {
    const why = anyway || this.app.session ? null : obstacle();
    if (why) return elsewherePanel(why, { copied: this.#copied, copy: this.#copy, anyway: this.#anyway, chrome: false });
    if (needsHomeScreen() && !anyway && !this.app.session) return homeScreenPanel(this.#anyway, `${location.origin}${PATH}#${fragment}`);
    return this.#state === 'found' && this.#picked ? this.#form(this.#picked) : this.#not();
  }

  #anyway = () => {
    anyway = true;
    this.app.redraw();
  };

  #copy = async () => {
    this.#copied = await navigator.clipboard.writeText(`${location.origin}${PATH}#${fragment}`).then(() => true, () => false);
    this.app.redraw();
  };

  /** What there is instead of the address. */
  #not() {
    if (this.#state === 'loading') return html`<p class="govuk-body" role="status">${words('join.loading')}</p>`;
    const again = html`<button type="button" class="govuk-button govuk-button--secondary" @click=${this.look}>${words('places.again')}</button>`;
    return html`<p class="govuk-body" id="join-problem" role="alert">${words(`join.${this.#state}`)}</p>
      ${this.#state === 'failed' ? again : this.#byName('join.by.name')}`;
  }

  #byName = (key) => html`<p class="govuk-body"><a class="govuk-link" href=${this.app.session ? '/app/places/new' : '/'}>${words(key)}</a></p>`;

  /** @param {Picked} picked */
  #form(picked) {
    const mayAsk = permission() === 'default';
    const set = (now) => ((agreed = now), this.app.redraw());
    return html`<p class="govuk-body">${words('join.about')}</p>
      ${picked.template()}
      <form novalidate @submit=${this.#submit}>
        ${this.#failed ? failurePanel(this.#failed) : nothing}
        ${this.app.session ? nothing : consent({ refusal: this.#refusal, agreed, set, text: words('join.consent') })}
        <button type="submit" class="govuk-button button-wide" id="join" aria-disabled=${this.#busy ? 'true' : nothing}>
          ${words(this.#busy ? 'welcome.beginning' : mayAsk ? 'join.receive' : 'join.save')}
        </button>
      </form>
      ${this.#byName('join.other')} ${this.app.session ? nothing : storedDetails()}`;
  }
}
