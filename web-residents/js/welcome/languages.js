// The choice of a language, for one who is new.

import { html } from '../../vendor/lit-html.js';
import { LANGUAGES, LANGUAGE_NAMES } from '../i18n/dictionary.js';
import { language, setLanguage, words } from '../i18n/words.js';

export const languages = () => html`<div class="languages" role="group" aria-label=${words('welcome.language')}>
  ${LANGUAGES.map(
    (code) => html`<button
      type="button"
      class="languages__button"
      id="language-${code}"
      lang=${code}
      aria-pressed=${code === language() ? 'true' : 'false'}
      @click=${() => setLanguage(code)}
    >
      ${LANGUAGE_NAMES[code]}
    </button>`,
  )}
</div>`;
