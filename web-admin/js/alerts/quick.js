// What the office sends most, one tap away.

import { html, nothing } from '../../vendor/lit-html.js';
import { office } from '../api/templates.js';
import { language, t } from '../i18n/index.js';

const MOST = 4;

/** @typedef {import('../api/templates.js').Template} Template */

/** None when they are not to be had. @returns {Promise<Template[]>} */
export const quickTemplates = () => office().then(({ templates }) => templates.filter(({ exercise }) => !exercise).slice(0, MOST), () => []);

/** @param {Template} template */
const link = ({ id, name }) =>
  html`<li><a class="tool quick__one" draggable="false" href="/alerts/new?template=${encodeURIComponent(id)}">${name[language()] ?? Object.values(name)[0]}</a></li>`;

/** A drill has a way in of its own, and looks like nothing else: nobody begins one for the other. */
const exercise = () => html`<li><a class="tool quick__one quick__one--exercise" draggable="false" href="/exercise">${t('desk.exercise')}</a></li>`;

/** @param {Template[]} templates */
export const quickList = (templates) =>
  templates.length ? html`<ul class="quick" aria-label=${t('list.quick')}>${templates.map(link)}${exercise()}</ul>` : nothing;
