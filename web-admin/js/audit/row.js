// One entry: when, who, what, from where, why, and the words before and after.

import { html, nothing } from '../../vendor/lit-html.js';
import { locale, t } from '../i18n/index.js';
import { formatTime } from '../time/warsaw.js';
import { addressWith } from './filters.js';
import { actionName, inWords } from './words.js';

const ALERT = /^alerts\/([\w-]{1,64})$/;
/** @type {Intl.DateTimeFormatOptions} */
const PRECISE = { dateStyle: 'medium', timeStyle: 'medium' };
const time = (at) => formatTime(at, locale(), PRECISE);

/** @param {import('../api/audit.js').Entry} entry @param {URLSearchParams} query */
export const row = (entry, query) => html`<li class="audit-entry" data-seq=${entry.seq}>
  <p class="govuk-body audit-entry__head">
    <span class="audit-entry__seq">${entry.seq}</span>
    <time datetime=${entry.at}>${time(entry.at)}</time>
    <strong>${actionName(entry.action)}</strong>
    ${entry.outcome === 'done' ? nothing : html`<span class="template-row__mark">${outcome(entry.outcome)}</span>`}
  </p>
  <p class="govuk-body-s audit-entry__who">${who(entry, query)} ${about(entry, query)}</p>
  ${details(entry)}
</li>`;

const outcome = (word) => t(`audit.outcome.${word}`);

const who = ({ by }, query) =>
  by
    ? html`<a class="govuk-link" href=${addressWith(query, { person: by.uid, name: by.name })} title=${t('audit.person')}>${by.name}</a>`
    : t('audit.system');

const about = (entry, query) =>
  entry.about
    ? html`<a class="govuk-link" href=${addressWith(query, { about: entry.about })} title=${t('audit.about')}>${entry.about}</a>`
    : nothing;

const details = (entry) => html`<details class="govuk-details">
  <summary class="govuk-details__summary">
    <span class="govuk-details__summary-text">${t('audit.words', { seq: String(entry.seq) })}</span>
  </summary>
  <div class="govuk-details__text">
    ${entry.why ? html`<p>${t('audit.why', { why: entry.why })}</p>` : nothing}
    ${entry.where ? html`<p>${t('audit.where', { where: entry.where })}</p>` : nothing}
    ${entry.happened ? html`<p>${t('audit.happened', { time: time(entry.happened) })}</p>` : nothing}
    ${words('before', entry.before)} ${words('after', entry.after)}
  </div>
</details>`;

const words = (title, values) =>
  values && Object.keys(values).length
    ? html`<h3 class="govuk-heading-s">${t(`audit.${title}`)}</h3>
        <dl class="audit-entry__words">
          ${Object.entries(values).map(([name, value]) => html`<dt>${name}</dt><dd>${inWords(value)}</dd>`)}
        </dl>`
    : nothing;

/** The alert that the page shows alone. @param {URLSearchParams} query @returns {string | null} */
export const alertOf = (query) => ALERT.exec(query.get('about') ?? '')?.[1] ?? null;
