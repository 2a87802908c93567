// For one who is new: what this is, what is stored, and consent.

import { html } from '../../vendor/lit-html.js';

export async function open(app) {
  const agree = async () => {
    const { begin } = await import('../session/session.js');
    app.enter(await begin(app.language));
    app.go('/app/places/new');
  };
  return {
    title: 'Alert Online',
    template: () => html`<h1 class="govuk-heading-l">Alert Online</h1>
      <button type="button" class="govuk-button" id="agree" @click=${agree}>Zgadzam się</button>`,
  };
}
