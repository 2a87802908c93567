// The way to the home screen of an iPhone, drawn: the share button, the list's entry, "Add", the icon.

import { html, svg } from '../../vendor/lit-html.js';
import { words } from '../i18n/words.js';

const SHARE = svg`
  <rect class="drawing__phone" x="8" y="4" width="144" height="82" rx="10" />
  <path class="drawing__bar" d="M8 60h144v16a10 10 0 0 1-10 10H18a10 10 0 0 1-10-10Z" />
  <path class="drawing__faint" d="M24 18h96M24 30h112M24 42h70M28 68l-6 5 6 5M48 68l6 5-6 5M108 67h10v12h-10zM132 67h10v12h-10z" />
  <circle class="drawing__ring" cx="80" cy="73" r="15" />
  <path class="drawing__mark" d="M75 71h-3v10h16V71h-3M80 75V63M76 67l4-4 4 4" />`;

const ENTRY = svg`
  <rect class="drawing__phone" x="8" y="4" width="144" height="82" rx="10" />
  <path class="drawing__faint" d="M24 20h70M24 72h52M128 14h10v10h-10zM128 66h10v10h-10z" />
  <rect class="drawing__ring" x="14" y="32" width="132" height="26" rx="6" />
  <path class="drawing__strong" d="M24 45h76" />
  <path class="drawing__mark" d="M125 37h16v16h-16zM133 41v8M129 45h8" />`;

const ADD = svg`
  <rect class="drawing__phone" x="8" y="4" width="144" height="82" rx="10" />
  <path class="drawing__faint" d="M20 20h20M58 20h38M68 46h60M68 58h40" />
  <rect class="drawing__ring" x="106" y="9" width="40" height="22" rx="6" />
  <path class="drawing__mark" d="M114 20h24" />
  <rect class="drawing__icon" x="24" y="40" width="30" height="30" rx="7" />
  <path class="drawing__wave" d="M33 50a8 8 0 0 0 0 11M45 50a8 8 0 0 1 0 11" />
  <circle class="drawing__dot" cx="39" cy="55.5" r="2.6" />`;

const HOME = svg`
  <rect class="drawing__phone" x="8" y="4" width="144" height="82" rx="10" />
  <path class="drawing__faint" d="M22 16h20v20H22zM54 16h20v20H54zM86 16h20v20H86zM118 16h20v20h-20zM22 50h20v20H22zM86 50h20v20H86zM118 50h20v20h-20z" />
  <rect class="drawing__icon" x="52" y="48" width="24" height="24" rx="6" />
  <path class="drawing__wave" d="M59 56a6 6 0 0 0 0 8M69 56a6 6 0 0 1 0 8" />
  <circle class="drawing__dot" cx="64" cy="60" r="2.2" />
  <circle class="drawing__ring" cx="64" cy="60" r="19" />`;

const step = (drawing, index) => html`<li class="drawn">
  ${words(`install.iphone.${index + 1}`)}
  <svg class="drawing" viewBox="0 0 160 90" aria-hidden="true" focusable="false">${drawing}</svg>
</li>`;

export const steps = () => html`<ol class="govuk-list govuk-list--number drawn-list">
  ${[SHARE, ENTRY, ADD, HOME].map(step)}
</ol>`;
