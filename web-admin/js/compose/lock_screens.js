// A message as locked phones show it, and where its text ends there.

import { html, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';

/**
 * About how many characters stand on a locked phone of usual size before anybody touches it: Android's collapsed notification
 * has a line of each, iOS's has a line and four.
 */
const PHONES = [
  { name: 'android', title: 40, body: 48 },
  { name: 'iphone', title: 34, body: 150 },
];

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** @param {string} text @param {number} most @returns {[string, string]} what is seen, and what is not */
export function cutAt(text, most) {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...segmenter.segment(line)].map(({ segment }) => segment);
  if (characters.length <= most) return [line, ''];
  const seen = characters.slice(0, most - 1).join('');
  return [`${seen.trimEnd()}…`, characters.slice(most - 1).join('')];
}

const SENDER = 'Alert Online';

/** @param {{name: string, title: number, body: number}} phone @param {{title: string, body: string}} text as it is sent */
function seenOn({ name, title, body }, text) {
  const [head, headRest] = cutAt(text.title, title);
  const [seen, rest] = cutAt(text.body, body);
  return { name, head, seen, end: rest ? 'lock.more' : headRest ? 'lock.titleMore' : '' };
}

const screen = ({ name, head, seen, end }, language) => html`<figure class="lock lock--${name}">
  <figcaption class="lock__phone">${t(`lock.${name}`)}</figcaption>
  <div class="lock__note" lang=${language}>
    <p class="lock__app">${SENDER}</p>
    <p class="lock__title">${head}</p>
    <p class="lock__body">${seen}</p>
  </div>
  ${end ? html`<p class="govuk-hint lock__end">${t(end)}</p>` : nothing}
</figure>`;

/** What both show whole is shown once. */
function different(screens) {
  const [first] = screens;
  return screens.some(({ end }) => end) ? screens : [{ ...first, name: 'both' }];
}

/** @param {{title: string, body: string}} text @param {string} language @param {string} mark before the title of an exercise */
export const lockScreens = (text, language, mark = '') => html`<div class="locks">
  ${different(PHONES.map((phone) => seenOn(phone, { title: mark + text.title, body: text.body }))).map((one) => screen(one, language))}
</div>`;
