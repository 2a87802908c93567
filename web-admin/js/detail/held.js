// An alert that came to be sent long after its time asks whether it still holds.

import { html, nothing } from '../../vendor/lit-html.js';
import { word } from '../api/vocabulary.js';
import { fill, locale, t } from '../i18n/index.js';
import { formatTime } from '../time/warsaw.js';

const ANSWER_WITHIN = 30 * 60 * 1000; // ms; shared/domain/lateness.py

const clock = (value) => formatTime(value, locale());

/** @param {{state: string, held?: string | null, started?: string | null}} alert one that has gone or ended still tells when it was held */
export const heldNotice = ({ state, held, started }) =>
  held && !started && word('states', state).open
    ? html`<p class="govuk-inset-text" role="status">
        ${fill(t('detail.held'), { time: clock(held), until: clock(new Date(Date.parse(held) + ANSWER_WITHIN).toISOString()) })}
      </p>`
    : nothing;
