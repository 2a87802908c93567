// /app/notifications: whether this browser receives alerts, how to switch them on, and whether they really appear.

import { html, nothing } from '../../vendor/lit-html.js';
import { platform, stepsOfSystem, stepsToAllow } from './platform.js';
import { receivingState, refresh, switchOff, switchOn } from './receiving.js';
import { linked } from '../shell/linked.js';
import { pending } from '../shell/steps.js';
import { tryOut } from './trial.js';

/** @param {any} app */
export async function open(app) {
  const view = { app, busy: false, trial: null };
  refresh();
  return { title: () => app.words('receive.title'), template: () => page(view), done: () => receivingState() === 'on' };
}

function page(view) {
  const { words } = view.app;
  const state = receivingState();
  return html`
    <h1 class="govuk-heading-l" tabindex="-1">${words('receive.title')}</h1>
    <div class="receive-state receive-state--${state}" role="status" id="receive-state">
      <p class="receive-state__title">${words(`receive.state.${state}`)}</p>
      <p class="receive-state__text">${words(`receive.state.${state}.text`)}</p>
    </div>
    ${(SECTIONS[state] ?? (() => nothing))(view)}
    <p class="govuk-body receive-note">${linked(words('receive.note'))}</p>
  `;
}

const SECTIONS = {
  default: (view) => button(view, 'receive.on', switchOn),
  off: (view) => button(view, 'receive.on', switchOn),
  failed: (view) => html`${button(view, 'receive.again', switchOn)} ${steps(view, stepsOfSystem(platform()))}`,
  denied: (view) => html`
    <h2 class="govuk-heading-m">${view.app.words('receive.allow')}</h2>
    ${steps(view, stepsToAllow(platform()))} ${button(view, 'receive.allowed', switchOn)}
  `,
  'needs-home-screen': (view) => steps(view, 'receive.steps.home-screen'),
  on: (view) => html`${goOn(view)} ${trial(view)} ${button(view, 'receive.off', () => switchOff(), 'govuk-button--secondary')}`,
};

/** The last step of the first visit. */
function goOn({ app }) {
  if (pending()?.name !== 'notifications') return nothing;
  return html`<button type="button" class="govuk-button" id="go-on" @click=${() => app.finished('notifications', '/')}>${app.words('receive.next')}</button>`;
}

/** While it works the button cannot be pressed again; what came of it stands in the status above. */
function button(view, key, work, style = '') {
  const press = async () => {
    view.busy = true;
    view.app.redraw();
    await work().catch(console.error);
    view.busy = false;
    view.app.redraw();
  };
  return html`<button type="button" class="govuk-button ${style}" aria-disabled=${view.busy} @click=${view.busy ? null : press}>
    ${view.app.words(key)}
  </button>`;
}

const steps = (view, key) => html`<ol class="govuk-list govuk-list--number receive-steps">
  ${view.app.words(key).split('\n').map((step) => html`<li>${step}</li>`)}
</ol>`;

function trial(view) {
  const { words } = view.app;
  return html`
    <h2 class="govuk-heading-m">${words('receive.trial')}</h2>
    <p class="govuk-body">${words('receive.trial.explained')}</p>
    ${button(view, 'receive.trial.show', async () => {
      const told = (how) => {
        view.trial = how;
        view.app.redraw();
      };
      view.trial = await tryOut(view.app, told).catch((error) => (console.error(error), 'late'));
    })}
    <div role="status" id="receive-trial">${trialAnswer(view)}</div>
  `;
}

function trialAnswer(view) {
  const { words, redraw } = view.app;
  const answered = (answer) => () => {
    view.trial = answer;
    redraw();
  };
  if (view.trial === 'sent') return html`<p class="govuk-body">${words('receive.trial.sent')}</p>`;
  if (view.trial === 'late') return html`<p class="govuk-body">${words('receive.trial.late')}</p>${steps(view, stepsOfSystem(platform()))}`;
  if (view.trial === 'shown' || view.trial === 'arrived') {
    return html`${view.trial === 'arrived' ? html`<p class="govuk-body" id="trial-arrived">${words('receive.trial.arrived')}</p>` : nothing}
      <p class="govuk-body">${words('receive.trial.seen')}</p>
      <div class="button-row">
        <button type="button" class="govuk-button govuk-button--secondary" @click=${answered('seen')}>${words('receive.trial.yes')}</button>
        <button type="button" class="govuk-button govuk-button--secondary" @click=${answered('missed')}>${words('receive.trial.no')}</button>
      </div>`;
  }
  if (view.trial === 'seen') return html`<p class="govuk-body">${words('receive.trial.good')}</p>`;
  if (view.trial === 'missed') {
    return html`<p class="govuk-body">${words('receive.trial.bad')}</p>
      ${steps(view, stepsOfSystem(platform()))}`;
  }
  return nothing;
}
