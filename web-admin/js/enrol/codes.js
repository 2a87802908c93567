// Recovery codes, shown this once: to be printed or written down, and sealed away.

import { html } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { checkbox } from '../shell/fields.js';

/** @param {string[]} codes @param {boolean} kept @param {(on: boolean) => void} onKept */
export const codeSheet = (codes, kept, onKept) => html`
  <p class="govuk-body">${t('codes.why')}</p>
  <ul class="govuk-list recovery-codes" id="recovery-codes">
    ${codes.map((code) => html`<li><code>${code}</code></li>`)}
  </ul>
  <p class="govuk-body">${t('codes.once')}</p>
  <p><button type="button" class="govuk-button govuk-button--secondary" @click=${() => globalThis.print()}>${t('codes.print')}</button></p>
  ${checkbox({ id: 'kept', label: t('codes.kept'), checked: kept, onchange: onKept })}
`;
