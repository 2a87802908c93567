// A question before something that cannot be undone.

import { html, render } from '../../vendor/lit-html.js';
import { words } from '../i18n/words.js';

/**
 * Shows the question and waits; Escape means no, and the focus goes back where it was.
 * @param {{title: string, body: unknown, confirm: string, warning?: boolean}} question
 * @returns {Promise<boolean>}
 */
export function ask({ title, body, confirm, warning = true }) {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  const answer = (value) => () => dialog.close(value);
  render(
    html`<h2 class="govuk-heading-m" id="dialog-title" tabindex="-1" autofocus>${title}</h2>
      <div class="govuk-body">${body}</div>
      <div class="button-row">
        <button type="button" id="dialog-yes" class="govuk-button ${warning ? 'govuk-button--warning' : ''}" @click=${answer('yes')}>
          ${confirm}
        </button>
        <button type="button" class="govuk-button govuk-button--secondary" @click=${answer('')}>${words('dialog.no')}</button>
      </div>`,
    dialog,
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}
