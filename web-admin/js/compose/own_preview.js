// The preview of what is being written.

import { html, nothing } from '../../vendor/lit-html.js';
import { unsaidNote } from '../alerts/unsaid.js';
import { textFields } from '../api/vocabulary.js';
import { locale, t } from '../i18n/index.js';
import { formatTime } from '../time/warsaw.js';
import { cleaned } from './clean_text.js';
import { instantOf } from './instants.js';
import { preview } from './preview.js';

const clean = (text = {}) => Object.fromEntries(textFields().map(({ name, type }) => [name, cleaned(text[name], type)]));

const said = (moment) => {
  const instant = instantOf(moment);
  return instant ? formatTime(instant, locale()) : null;
};

function times({ values, when }) {
  const sent = when === 'later' ? said(values.send_at) : null;
  const until = said(values.expires);
  return [sent ? t('preview.sentAt', { time: sent }) : t('preview.sentNow'), ...(until ? [t('preview.until', { time: until })] : [])];
}

/** @param {any} page the state and actions of page.js */
export const composePreview = (page) => html`
  ${preview({
    texts: Object.fromEntries(page.fields.written.map((code) => [code, clean(page.fields.texts[code])])),
    exercise: Boolean(page.fields.values.exercise),
    figures: page.reach.status === 'known' ? page.reach.figures : null,
    times: times(page.fields),
    mount: page.mountPreview,
    name: page.fields.values.area_name,
  })}
  ${unsaidNote(page.unsaid, page.sayNotKnown)}
  ${page.alone ? nothing : html`<p class="govuk-inset-text">${t('compose.next')}</p>`}
`;
