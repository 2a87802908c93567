// Composing an alert, new or again: the form, its draft, the reach, saving and submitting.

import { html, nothing } from '../../vendor/lit-html.js';
import * as alerts from '../api/alerts.js';
import { Problem } from '../api/request.js';
import { partsOf } from '../area/geojson.js';
import { openEditor } from '../area/editor.js';
import { createArea, geometryOf } from '../area/model.js';
import { language, t } from '../i18n/index.js';
import { announce } from '../shell/announce.js';
import { failurePanel, focusOn } from '../shell/failure.js';
import { leaveNotice } from '../shell/notice.js';
import { navigate } from '../shell/router.js';
import { view } from '../shell/view.js';
import { formatTime } from '../time/warsaw.js';
import { contentOf, emptyFields, fieldsOf, hoursFromNow, missing } from './content.js';
import { draftStore } from './draft.js';
import { errorSummary, fromMissing, fromProblem } from './errors.js';
import { composeForm } from './form.js';
import { createReach } from './reach.js';
import { reachPanel } from './reach_panel.js';
import { save } from './saving.js';

const fresh = () => ({ fields: emptyFields(), parts: [], saved: { id: null, etag: null, attempt: null } });

const from = (alert) => ({
  fields: fieldsOf(alert),
  parts: partsOf(alert.area),
  saved: { id: alert.id, etag: alert.etag, attempt: null },
});

export async function openCompose(root, session, { id }) {
  const municipality = await session.municipality();
  const alert = id ? await alerts.get(id) : null;
  if (alert && !alert.actions.includes('edit')) {
    navigate(`/alerts/${id}`, { replace: true });
    return () => {};
  }
  return compose(root, session, municipality, alert);
}

function compose(root, session, municipality, alert) {
  const drafts = draftStore(session.me.uid, alert?.id ?? null);
  const draft = drafts.read();
  const start = draft ?? (alert ? from(alert) : fresh());
  const area = createArea(start.parts);
  const state = {
    fields: start.fields,
    saved: start.saved,
    restored: draft?.at ?? null,
    reach: { status: 'none' },
    errors: [],
    failure: null,
    busy: null,
  };
  let editor = null;

  const keep = () => drafts.write({ fields: state.fields, parts: area.parts, saved: state.saved });

  const change = (part) => {
    Object.assign(state.fields, part);
    keep();
    page.draw();
  };

  const useTemplate = ({ category, severity, title, body, hours, id }) => {
    change({ category, severity, pl: { title, body }, expires: hoursFromNow(hours) });
    announce(t('compose.templateUsed', { name: t(`template.${id}`) }));
    queueMicrotask(() => focusOn('pl-title'));
  };

  const reach = createReach((next) => {
    state.reach = next;
    page.draw();
  });
  const askReach = () => reach.about(geometryOf(area.parts));

  const mountArea = (element) => {
    if (element && !editor) queueMicrotask(() => (editor ??= openEditor(element, area, municipality)));
  };

  const showErrors = (errors) => {
    Object.assign(state, { errors, failure: null, busy: null });
    page.drawNow();
    focusOn('failure');
  };

  const showFailure = (error) => {
    if (error instanceof Problem && error.errors.length) return showErrors(fromProblem(error));
    Object.assign(state, { errors: [], failure: error, busy: null });
    page.drawNow();
    return focusOn('failure');
  };

  const discard = () => {
    drafts.clear();
    navigate(state.saved.id ? `/alerts/${state.saved.id}/edit` : '/alerts/new', { replace: true });
  };


  /** Another person changed the alert: what was typed here becomes the next version of theirs. */
  const keepMine = async () => {
    try {
      state.saved.etag = (await alerts.get(state.saved.id)).etag;
      Object.assign(state, { failure: null });
      keep();
      page.drawNow();
      focusOn('save');
    } catch (error) {
      showFailure(error);
    }
  };

  /** Saves; with `submit`, hands over for approval too. The draft goes only when the server confirmed. */
  const send = async (submit) => {
    if (state.busy) return;
    const found = missing(state.fields, area.parts);
    if (found.length) return showErrors(fromMissing(found));
    Object.assign(state, { busy: submit ? 'submit' : 'save', errors: [], failure: null });
    page.drawNow();
    try {
      const saved = await save(state.saved, contentOf(state.fields, area.parts));
      keep();
      if (submit) await alerts.act(saved.id, saved.etag, 'submit');
      drafts.clear();
      leaveNotice(submit ? 'notice.submit' : 'notice.saved');
      navigate(`/alerts/${saved.id}`);
    } catch (error) {
      keep();
      showFailure(error);
    }
  };

  const onSubmit = (event) => {
    event.preventDefault();
    return send(event.submitter?.value !== 'save');
  };

  const stale = () =>
    state.failure instanceof Problem && state.failure.status === 412
      ? html`<p>${t('compose.stale')}</p>
          <div class="button-row">
            <button type="button" class="govuk-button" @click=${discard}>${t('compose.reload')}</button>
            <button type="button" class="govuk-button govuk-button--secondary" @click=${keepMine}>${t('compose.keepMine')}</button>
          </div>`
      : html`<p>${t('compose.kept')}</p>`;

  const restored = () => html`<div class="govuk-inset-text notice">
    <p>${t('compose.restored', { time: formatTime(state.restored, language()) })}</p>
    <button type="button" class="govuk-button govuk-button--secondary" @click=${discard}>${t('compose.discard')}</button>
  </div>`;

  const button = (name, label, secondary) => html`<button
    type="submit"
    id=${name}
    value=${name}
    class="govuk-button ${secondary ? 'govuk-button--secondary' : ''}"
    aria-disabled=${state.busy ? 'true' : nothing}
  >
    ${state.busy === name ? t('field.busy') : label}
  </button>`;

  const page = view(
    root,
    () => html`
      <a class="govuk-back-link" href=${alert ? `/alerts/${alert.id}` : '/alerts'}>${t('compose.back')}</a>
      ${state.errors.length ? errorSummary(state.errors) : nothing}
      ${state.failure ? failurePanel(state.failure, stale()) : nothing}
      <h1 class="govuk-heading-l" tabindex="-1">${t(alert ? 'compose.editTitle' : 'compose.newTitle')}</h1>
      ${state.restored ? restored() : nothing}
      ${alert && alert.state !== 'draft' ? html`<p class="govuk-inset-text">${t('compose.backToDraft')}</p>` : nothing}
      <form novalidate @submit=${onSubmit}>
        ${composeForm({
          fields: state.fields,
          errors: state.errors,
          languages: session.me.municipality.languages,
          change,
          useTemplate,
          mountArea,
          reach: reachPanel(state.reach, { clip: (inside) => area.set(partsOf(inside)), again: askReach }),
        })}
        <p class="govuk-inset-text">${t('compose.next')}</p>
        <div class="button-row button-row--final">
          ${button('submit', t('compose.submit'))} ${button('save', t('compose.save'), true)}
        </div>
      </form>
    `,
  );

  area.onChange(() => {
    keep();
    askReach();
  });
  page.drawNow();
  if (area.parts.length) askReach();

  return () => {
    reach.close();
    editor?.();
    page.close();
  };
}
