// Composing an alert, new or again: the form, its draft, the reach, saving and submitting.

import * as alerts from '../api/alerts.js';
import { Problem } from '../api/request.js';
import { partsOf, partsOrNone } from '../area/geojson.js';
import { openEditor } from '../area/editor.js';
import { Area, geometryOf, partAt } from '../area/model.js';
import { partName } from '../area/part_list.js';
import { firstLanguage } from '../api/vocabulary.js';
import { onLanguageChange, t } from '../i18n/index.js';
import { announce } from '../shell/announce.js';
import { focusOn } from '../shell/failure.js';
import { leaveNotice } from '../shell/notice.js';
import { navigate } from '../shell/router.js';
import { view } from '../shell/view.js';
import { contentOf, emptyFields, fieldsOf, missing, PLACEHOLDER } from './content.js';
import { draftStore } from '../session/drafts.js';
import { fromLost, fromMissing, fromProblem, fromUnfinished } from './errors.js';
import { unfinishedTimes } from './moment.js';
import { announcedOf, createReach } from './reach.js';
import { draftOf } from './restored.js';
import { save } from './saving.js';
import { filled, loadTemplates, nameOf } from './templates.js';
import { composeView } from './view.js';

const SUBMIT = 'submit'; // the action that follows the form
const SAVE = 'edit';

export async function openCompose(root, session, { id }) {
  const [municipality, alert, templates] = await Promise.all([session.municipality(), id ? alerts.get(id) : null, loadTemplates()]);
  if (alert && !alert.actions.includes(SAVE)) {
    navigate(`/alerts/${id}`, { replace: true });
    return () => {};
  }
  const page = new ComposePage(root, session, { municipality, alert, templates });
  return () => page.close();
}

/** So that typing fills the first gap of a ready text. */
function selectGap(id) {
  const input = /** @type {HTMLInputElement} */ (document.getElementById(id));
  const gap = PLACEHOLDER.exec(input.value);
  focusOn(id);
  if (gap) input.setSelectionRange(gap.index, gap.index + gap[0].length);
}

/** What the form starts with when no draft waits in this browser. */
function startOf(alert) {
  const parts = alert ? partsOrNone(alert.area) : [];
  return {
    fields: alert ? fieldsOf(alert) : emptyFields(),
    parts,
    saved: { id: alert?.id ?? null, etag: alert?.etag ?? null, attempt: null },
    lost: alert && !parts.length ? ['area'] : [],
  };
}

class ComposePage {
  /** @type {any} */
  municipality;
  /** @type {any} */
  alert;
  /** @type {import('./content.js').Fields} */
  fields;
  /** @type {import('./saving.js').Saved} */
  saved;
  /** @type {(() => void) | null} */
  editor;
  constructor(root, session, { municipality, alert, templates }) {
    Object.assign(this, { municipality, alert, templates });
    this.drafts = draftStore(session.me.uid, alert?.id ?? null);
    const draft = draftOf(this.drafts.read(), alert);
    const { fields, parts, saved, lost } = draft ?? startOf(alert);
    Object.assign(this, { fields, saved, restored: draft?.at ?? null, errors: fromLost(lost) });
    Object.assign(this, { reach: { status: 'none' }, failure: null, busy: null, editor: null, kept: true });
    this.area = new Area(parts);
    this.view = view(root, () => composeView(this));
    this.reaching = createReach((reach) => {
      this.reach = reach;
      this.showFault(reach.status === 'failed' ? reach.error : null);
      this.view.draw();
    });
    this.forget = onLanguageChange(() => this.reach.status === 'failed' && this.askReach());
    this.area.onChange((_, onlyMarked) => {
      if (onlyMarked) return;
      this.keep();
      this.askReach();
    });
    this.view.drawNow();
    this.askReach();
  }

  close() {
    this.forget();
    this.reaching.close();
    this.editor?.();
    this.view.close();
  }

  // What the person does

  change = (part) => {
    const before = JSON.stringify(announcedOf(this.fields));
    Object.assign(this.fields, part);
    this.keep();
    if (JSON.stringify(announcedOf(this.fields)) !== before) this.askReach();
    this.view.draw();
  };

  /** @param {Record<string, any>} values of some fields */
  set = (values) => this.change({ values: { ...this.fields.values, ...values } });

  useTemplate = (template) => {
    this.change(filled(template, this.fields));
    announce(t('compose.templateUsed', { name: nameOf(template) }));
    queueMicrotask(() => selectGap(`${firstLanguage()}-title`));
  };

  clip = (inside) => this.area.set(partsOf(inside));

  askReach = () => this.reaching.about(geometryOf(this.area.parts), announcedOf(this.fields));

  /** The editor opens once its element stands in the page. */
  mountArea = (element) => {
    if (!element || this.editor) return;
    queueMicrotask(() => {
      this.editor ??= openEditor(element, this.area, this.municipality);
    });
  };

  submit = (event) => {
    event.preventDefault();
    return this.send(event.submitter?.value !== 'save');
  };

  discard = () => {
    this.drafts.clear();
    navigate(this.saved.id ? `/alerts/${this.saved.id}/edit` : '/alerts/new', { replace: true });
  };

  /** Another person changed the alert: what was typed here becomes the next version of theirs. */
  keepMine = async () => {
    if (this.busy) return;
    this.busy = 'keepMine';
    this.view.draw();
    try {
      this.saved.etag = (await alerts.get(this.saved.id)).etag;
      Object.assign(this, { failure: null, busy: null });
      this.keep();
      this.view.drawNow();
      focusOn('save');
    } catch (error) {
      this.showFailure(error);
    }
  };

  // What follows

  keep() {
    this.kept = this.drafts.write({ fields: this.fields, parts: this.area.parts, saved: this.saved });
  }

  async send(submitting) {
    if (this.busy) return;
    const unfinished = fromUnfinished(unfinishedTimes());
    const found = fromMissing(missing(this.fields, this.area.parts, submitting));
    const errors = [...unfinished, ...found.filter(({ field }) => !unfinished.some((one) => one.field === field))];
    if (errors.length) return this.showErrors(errors);
    Object.assign(this, { busy: submitting ? 'submit' : 'save', errors: [], failure: null });
    this.view.drawNow();
    try {
      await this.deliver(submitting);
    } catch (error) {
      this.keep();
      this.showFailure(error);
    }
  }

  /** The draft goes only when the server has confirmed. */
  async deliver(submitting) {
    const saved = await save(this.saved, contentOf(this.fields, this.area.parts));
    this.keep();
    if (submitting) await alerts.act(saved.id, saved.etag, SUBMIT);
    this.drafts.clear();
    leaveNotice(submitting ? SUBMIT : SAVE);
    navigate(`/alerts/${saved.id}`);
  }

  /** The part that the API found fault with, named in the list and shown on the map. */
  faulty = (error) => {
    const [first] = error instanceof Problem ? error.errors : [];
    const index = partAt(this.area.parts, first?.at);
    return index === null ? null : { name: partName(this.area.parts, index), remove: () => this.area.remove(index) };
  };

  showFault(error) {
    const [first] = error instanceof Problem ? error.errors : [];
    const place = first?.at === undefined ? null : first.place;
    if (place) this.area.markAt([place.lng, place.lat]);
    else if (this.area.mark) this.area.markAt(null);
  }

  showErrors(errors) {
    Object.assign(this, { errors, failure: null, busy: null });
    this.view.drawNow();
    focusOn('failure');
  }

  showFailure(error) {
    if (error instanceof Problem && error.errors.length) return this.showErrors(fromProblem(error));
    Object.assign(this, { errors: [], failure: error, busy: null });
    this.view.drawNow();
    return focusOn('failure');
  }
}
