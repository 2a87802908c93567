// /app/me: what is kept of me, to take along or to erase. Also the farewell afterwards.

import { html, nothing } from '../../vendor/lit-html.js';
import { ask } from '../shell/dialog.js';
import { FAREWELL } from '../session/consent.js';
import { forgetStorage } from './storage.js';

export async function open(app, { query }) {
  if (app.session) return new Me(app);
  if (!query.has('left')) {
    app.go('/', { replace: true });
    return null;
  }
  await forgetStorage(); // what the page before, or another window, still had open or wrote
  return farewell(app);
}

class Me {
  #busy = null; // "export" | "erase"
  #failed = null; // "export" | "erase", with why
  #exported = false;

  constructor(app) {
    this.app = app;
  }

  title = () => this.app.words('leave.title');

  #export = () =>
    this.#run('export', async () => {
      const { download, everything } = await import('./export.js');
      download(await everything(this.app.session, this.app.words('leave.export.note')), 'alert-online.json');
      this.#exported = true;
      this.app.say(this.app.words('leave.export.done'));
    });

  #erase = async () => {
    const { words } = this.app;
    if (!(await ask({ title: words('leave.erase.ask'), body: words('leave.erase.ask.why'), confirm: words('leave.erase.yes') }))) return;
    await this.#run('erase', async () => {
      const { erase } = await import('./erase.js');
      await erase(this.app.session);
      location.replace(FAREWELL);
    });
  };

  async #run(what, work) {
    if (this.#busy) return;
    this.#busy = what;
    this.#failed = null;
    this.#exported = false;
    this.app.redraw();
    try {
      if (!navigator.onLine) throw new Error('offline');
      await work();
    } catch (error) {
      console.error(error);
      this.#failed = what;
      this.app.say(this.app.words(`leave.${what}.failed`));
    }
    this.#busy = null;
    this.app.redraw();
  }

  #problem = (what) =>
    this.#failed === what
      ? html`<div class="panel panel--bad" id="leave-${what}-failed">
          <p class="govuk-body"><strong>${this.app.words(`leave.${what}.failed`)}</strong></p>
          <p class="govuk-body">${this.app.words('leave.network')}</p>
        </div>`
      : nothing;

  template = () => {
    const { words } = this.app;
    return html`
      <h1 class="govuk-heading-l">${this.title()}</h1>
      <p class="govuk-body">${words('leave.about')}</p>
      <section aria-labelledby="leave-export-title">
        <h2 class="govuk-heading-m" id="leave-export-title">${words('leave.export.title')}</h2>
        <p class="govuk-body">${words('leave.export.about')}</p>
        ${this.#problem('export')}
        ${this.#exported ? html`<div class="panel panel--good"><p class="govuk-body">${words('leave.export.done')}</p></div>` : nothing}
        <button type="button" id="export" class="govuk-button govuk-button--secondary" aria-disabled=${this.#busy ? 'true' : nothing} @click=${this.#export}>
          ${words('leave.export.button')}
        </button>
      </section>
      <section aria-labelledby="leave-erase-title">
        <h2 class="govuk-heading-m" id="leave-erase-title">${words('leave.erase.title')}</h2>
        <p class="govuk-body">${words('leave.erase.about')}</p>
        <ul class="govuk-list govuk-list--bullet">
          <li>${words('leave.erase.what.1')}</li>
          <li>${words('leave.erase.what.2')}</li>
          <li>${words('leave.erase.what.3')}</li>
        </ul>
        <p class="govuk-body">${words('leave.erase.kept')}</p>
        ${this.#problem('erase')}
        <button type="button" id="erase" class="govuk-button govuk-button--warning" aria-disabled=${this.#busy ? 'true' : nothing} @click=${this.#erase}>
          ${words(this.#busy === 'erase' ? 'leave.erase.busy' : 'leave.erase.button')}
        </button>
      </section>
    `;
  };
}

const farewell = ({ words }) => ({
  title: () => words('leave.left.title'),
  template: () => html`
    <h1 class="govuk-heading-l">${words('leave.left.title')}</h1>
    <p class="govuk-body">${words('leave.left.body')}</p>
    <p class="govuk-body">${words('leave.left.minutes')}</p>
    <p class="govuk-body"><a class="govuk-link" href="/">${words('leave.left.again')}</a></p>
  `,
});
