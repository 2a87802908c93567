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

const until = ({ expires }) => {
  const end = said(expires);
  return end ? [t('preview.until', { time: end })] : [];
};

/** Whoever sends alone sends at once, whatever moment it was meant for. */
function times({ fields: { values, when }, alone }) {
  if (alone) return [t('alone.atOnce'), ...until(values)];
  const sent = when === 'later' ? said(values.send_at) : null;
  return [sent ? t('preview.sentAt', { time: sent }) : t('preview.sentNow'), ...until(values)];
}

/** @param {any} page the state and actions of page.js @param {unknown} [decision] by whoever sends alone */
export const composePreview = (page, decision) => html`
  ${preview({
    texts: Object.fromEntries(page.fields.written.map((code) => [code, clean(page.fields.texts[code])])),
    exercise: Boolean(page.fields.values.exercise),
    figures: page.reach.status === 'known' ? page.reach.figures : null,
    times: times(page),
    mount: page.mountPreview,
    name: page.fields.values.area_name,
  }, decision)}
  ${page.alone ? nothing : unsaidNote(page.unsaid, page.sayNotKnown)}
  ${page.alone ? nothing : html`<p class="govuk-inset-text">${t('compose.next')}</p>`}
`;
