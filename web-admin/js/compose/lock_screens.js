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

/** @param {{name: string, title: number, body: number}} phone @param {{title: string, body: string}} text as it is sent @param {string} language @param {string} sender */
const screen = ({ name, title, body }, text, language, sender) => {
  const [head, headRest] = cutAt(text.title, title);
  const [seen, rest] = cutAt(text.body, body);
  return html`<figure class="lock lock--${name}">
    <figcaption class="lock__phone">${t(`lock.${name}`)}</figcaption>
    <div class="lock__note" lang=${language}>
      <p class="lock__app">${sender}</p>
      <p class="lock__title">${head}</p>
      <p class="lock__body">${seen}</p>
    </div>
    ${headRest || rest ? html`<p class="govuk-hint lock__end">${t(rest ? 'lock.more' : 'lock.titleMore')}</p>` : nothing}
  </figure>`;
};

/** @param {{title: string, body: string}} text @param {string} language @param {string} mark before the title of an exercise */
export const lockScreens = (text, language, mark = '') => html`<div class="locks">
  ${PHONES.map((phone) => screen(phone, { title: mark + text.title, body: text.body }, language, 'Alert Online'))}
</div>`;
