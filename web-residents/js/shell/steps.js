// How far somebody new has come: agreement, address, notifications. Kept, so that it goes on where it was left.

import { html } from '../../vendor/lit-html.js';
import { words } from '../i18n/words.js';

const KEY = 'welcome';
const STEPS = [
  { name: 'consent', path: '/' },
  { name: 'place', path: '/app/places/new' },
  { name: 'notifications', path: '/app/notifications' },
];

const numberOf = (name) => STEPS.findIndex((step) => step.name === name) + 1;
const stepOf = (name) => STEPS.find((step) => step.name === name) ?? null;

/** `todo`: steps to come, in order; `left`: steps that were left out. */
function kept() {
  try {
    return { todo: [], left: [], ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
  } catch {
    return { todo: [], left: [] };
  }
}

function keep({ todo, left }) {
  if (todo.length + left.length === 0) leaveSteps();
  else localStorage.setItem(KEY, JSON.stringify({ todo, left }));
}

export const leaveSteps = () => localStorage.removeItem(KEY);

/** After the agreement. @returns {string} where to go */
export function beginSteps() {
  keep({ todo: ['place', 'notifications'], left: [] });
  return pending()?.path ?? '/';
}

/** @returns {{name: string, path: string} | null} the step to do now */
export const pending = () => stepOf(kept().todo[0]);

/** @returns {{name: string, path: string} | null} what still has to be done, left out or not */
export const open = () => pending() ?? stepOf(kept().left[0]);

/** It was found done, whatever the resident pressed. @param {string} name */
export function isDone(name) {
  const { todo, left } = kept();
  if (todo.includes(name) || left.includes(name)) keep({ todo: without(todo, name), left: without(left, name) });
}

const without = (names, name) => names.filter((other) => other !== name);

/**
 * @param {string} name of the step that is done, or left out
 * @returns {string | null} where to go on: "/" after the last one; null when that step was not the one to do
 */
export function finish(name, { leftOut = false } = {}) {
  const { todo, left } = kept();
  const mine = todo[0] === name;
  keep({ todo: without(todo, name), left: leftOut ? [...left, name] : without(left, name) });
  if (!mine) return null;
  return pending()?.path ?? '/';
}

/** "Step 2 of 3", above a step's view. */
export const progress = (name) => html`<div class="steps">
  <p class="steps__words">${words('welcome.steps', { number: numberOf(name), name: words(`welcome.step.${name}`) })}</p>
  <div class="steps__bar" aria-hidden="true">
    ${STEPS.map((step) => html`<span class="steps__part ${numberOf(step.name) <= numberOf(name) ? 'steps__part--done' : ''}"></span>`)}
  </div>
</div>`;

/** Below a step's view. @param {() => void} skip */
export const skipButton = (name, skip) => html`<p class="steps__skip">
  <button type="button" class="govuk-button govuk-button--secondary button-wide" id="skip-step" @click=${skip}>${words(`welcome.skip.${name}`)}</button>
</p>`;

/** Above the list of alerts, while a step was left out. */
export const unfinished = ({ name, path }, dismiss) => html`<section class="panel panel--warn" aria-labelledby="unfinished">
  <p class="govuk-heading-s" id="unfinished">${words('welcome.unfinished')}</p>
  <p class="govuk-body">${words(`welcome.unfinished.${name}`)}</p>
  <div class="button-row">
    <a class="govuk-button" href=${path}>${words('welcome.continue')}</a>
    <button type="button" class="govuk-button govuk-button--secondary" @click=${dismiss}>${words('welcome.dismiss')}</button>
  </div>
</section>`;

export const done = () => html`<div class="panel panel--good"><p class="govuk-body">${words('welcome.done')}</p></div>`;
