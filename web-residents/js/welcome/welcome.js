// For one who is new: what this is and is not, what is stored and why, and agreement before anything is stored.

import { html, nothing } from '../../vendor/lit-html.js';
import { language, words } from '../i18n/words.js';
import { consent, failurePanel, storedDetails } from './consent_box.js';
import { elsewherePanel, obstacle } from './elsewhere.js';
import { homeScreenPanel, installPanel, needsHomeScreen } from './install.js';
import { languages } from './languages.js';
import { reasonOf } from './refused.js';
import { hasAgreed } from '../session/consent.js';
import { beginSteps, progress } from '../shell/steps.js';

// Survives that the view is opened anew in another language.
let agreed = false;
let anyway = false;

export async function open(app) {
  let refusal = '';
  let busy = false;
  let failed = null;
  let copied = false;

  const draw = () => app.redraw();

  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    failed = null;
    refusal = agreed ? '' : words('welcome.consent.missing');
    if (refusal) return complain('consent', refusal);
    busy = true;
    draw();
    return enter().catch(fail);
  }

  async function enter() {
    const { begin } = await import('../session/session.js');
    const session = await begin(language());
    const first = beginSteps();
    app.enter(session);
    app.go(location.pathname === '/' ? first : location.pathname + location.search + location.hash, { replace: true });
  }

  function fail(error) {
    console.error(error);
    busy = false;
    failed = words(`welcome.failed.${reasonOf(error)}`);
    complain('failure', failed);
  }

  function complain(id, text) {
    draw();
    setTimeout(() => document.getElementById(id)?.focus());
    app.say(text);
  }

  const state = () => ({ refusal, busy, failed, draw });
  const onHomeScreen = () => {
    anyway = true;
    draw();
    setTimeout(() => document.getElementById('consent')?.focus());
  };

  async function copy() {
    copied = await navigator.clipboard.writeText(location.href).then(() => true, () => false);
    draw();
  }

  function below() {
    const why = anyway ? null : obstacle();
    if (why) return elsewherePanel(why, { copied, copy, anyway: onHomeScreen });
    return needsHomeScreen() && !anyway ? homeScreenPanel(onHomeScreen) : form(submit, state());
  }

  return {
    title: () => words('welcome.title'),
    template: () => html`
      ${languages()}
      <h1 class="govuk-heading-l">${words('welcome.title')}</h1>
      <p class="govuk-body-l">${words('welcome.lead')}</p>
      ${below()}
    `,
  };
}

const form = (submit, { refusal, busy, failed, draw }) => html`
  ${progress('consent')} ${hasAgreed() ? html`<p class="panel panel--warn" id="forgotten">${words('welcome.forgotten')}</p>` : nothing}
  <form novalidate @submit=${submit}>
    ${failed ? failurePanel(failed) : nothing} ${consent({ refusal, agreed, set: (now) => ((agreed = now), draw()) })}
    <button type="submit" class="govuk-button button-wide" id="begin" aria-disabled=${busy ? 'true' : nothing}>
      ${words(busy ? 'welcome.beginning' : 'welcome.begin')}
    </button>
  </form>
  ${storedDetails()}
  ${installPanel()}
`;
