// A question before something that cannot be undone.

import { html, render } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';

/**
 * Shows the question and waits; Escape means no, and the focus goes back where it was.
 * @param {{title: string, body: () => unknown, confirm: string, warning?: boolean,
 *   ready?: (draw: () => void) => void}} question `ready` may change what `body` shows and draw again
 * @returns {Promise<boolean>}
 */
export function ask({ title, body, confirm, warning = false, ready = () => {} }) {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  const answer = (value) => () => dialog.close(value);
  const draw = () =>
    render(
      html`
        <h2 class="govuk-heading-m" id="dialog-title" tabindex="-1" autofocus>${title}</h2>
        ${body()}
        <div class="button-row">
          <button type="button" id="dialog-yes" class="govuk-button ${warning ? 'govuk-button--warning' : ''}" @click=${answer('yes')}>
            ${confirm}
          </button>
          <button type="button" class="govuk-button govuk-button--secondary" @click=${answer('')}>${t('dialog.no')}</button>
        </div>
      `,
      dialog,
    );
  draw();
  document.body.append(dialog);
  dialog.showModal();
  ready(draw);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}
