// A question before something that cannot be undone.

import { html, render } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { rescueFocus } from './focus.js';

/**
 * Shows the question and waits; Escape means no, and the focus goes back where it was.
 * @param {{title: string, body: () => unknown, confirm: string, warning?: boolean, allowed?: () => boolean,
 *   ready?: (draw: () => void) => void}} question `ready` may change what `body` shows and draw again; yes can be said
 *   while it is `allowed`
 * @returns {Promise<boolean>}
 */
export function ask({ title, body, confirm, warning = false, allowed = () => true, ready = () => {} }) {
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
          <button
            type="button"
            id="dialog-yes"
            class="govuk-button ${warning ? 'govuk-button--warning' : ''}"
            ?disabled=${!allowed()}
            @click=${answer('yes')}
          >
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
      rescueFocus(); // what opened it may be gone by now
      resolve(dialog.returnValue === 'yes');
    });
  });
}
