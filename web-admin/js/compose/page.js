// Composing an alert, new or again: the form, its draft, the reach, saving and submitting.

import * as alerts from '../api/alerts.js';
import { Problem } from '../api/request.js';
import { partsOf, partsOrNone } from '../area/geojson.js';
import { openEditor } from '../area/editor.js';
import { Area, geometryOf, partAt } from '../area/model.js';
import { partName } from '../area/part_list.js';
import { action, firstLanguage, words } from '../api/vocabulary.js';
import { onLanguageChange, t } from '../i18n/index.js';
import { announce } from '../shell/announce.js';
import { focusOn } from '../shell/failure.js';
import { leaveNotice } from '../shell/notice.js';
import { navigate, rename } from '../shell/router.js';
import { view } from '../shell/view.js';
import { Autosave } from './autosave.js';
import { whoChanged } from './conflict.js';
import { contentOf, emptyFields, fieldsOf, missing, PLACEHOLDER } from './content.js';
import { claimSlot, draftStore } from '../session/drafts.js';
import { fromLost, fromMissing, fromProblem, fromUnfinished } from './errors.js';
import { unfinishedTimes } from './moment.js';
import { announcedOf, createReach } from './reach.js';
import { draftOf } from './restored.js';
import { save, saveWhatCan } from './saving.js';
import { filled, loadTemplates, nameOf } from './templates.js';
import { composeView } from './view.js';

const SUBMIT = 'submit'; // the action that follows the form
const SAVE = 'edit';

const NEW = '/alerts/new';
const GAPS = ['error.missing', 'error.area', 'error.placeholder']; // what a draft may have

/** What the person took back last, or had replaced: it can be had again. @type {{address: string, before: object} | null} */
let replaced = null;

export async function openCompose(root, session, { id, query }) {
  if (!id && !action('create').may) throw new Problem(403, { title: t('compose.mayNot'), detail: t('compose.mayNot.detail') });
  const [municipality, alert, templates] = await Promise.all([session.municipality(), id ? alerts.get(id) : null, loadTemplates()]);
  if (alert && !alert.actions.includes(SAVE)) {
    navigate(`/alerts/${id}`, { replace: true });
    return () => {};
  }
  const place = id ? { slot: id, release: () => {} } : await claimSlot(session.me.uid, query?.get('text') ?? history.state?.draft);
  if (location.pathname === NEW) rename(NEW, { draft: place.slot }); // found again after a reload
  const page = new ComposePage(root, session, { municipality, alert, templates, place });
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
    lost: alert?.area && !parts.length ? ['area'] : [], // a draft may have none yet
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
  /** @type {any} */
  me;
  /** @type {import('../session/drafts.js').Slot} */
  place;
  /** What may be had again instead of what stands there. @type {any} */
  before;
  /** Who changed what meanwhile, in words. @type {string[]} */
  changes;
  /** @type {boolean} */
  closed;
  constructor(root, session, { municipality, alert, templates, place }) {
    Object.assign(this, { municipality, alert, templates, me: session.me, place, changes: [], closed: false });
    this.drafts = draftStore(session.me.uid, place.slot);
    const draft = draftOf(this.drafts.read(), alert);
    this.before = replaced?.address === location.pathname ? replaced.before : null;
    replaced = null;
    const { fields, parts, saved, lost } = draft ?? startOf(alert);
    Object.assign(this, { fields, saved, restored: draft?.at ?? null, errors: fromLost(lost) });
    Object.assign(this, { reach: { status: 'none' }, failure: null, busy: null, editor: null, kept: true });
    this.area = new Area(parts);
    this.isDraft = !alert || alert.state === words('states')[0]?.value;
    this.autosave = new Autosave(
      () => this.saveByItself(),
      () => this.view.draw(),
    );
    this.stay = session.beforeSignOut(() => this.autosave.flush());
    this.view = view(root, () => composeView(this));
    this.reaching = createReach((reach) => {
      this.reach = reach;
      this.showFault(reach.status === 'failed' ? reach.error : null);
      this.view.draw();
    });
    this.forget = onLanguageChange(this.askAgain);
    addEventListener('online', this.askAgain);
    this.area.onChange((_, onlyMarked) => {
      if (onlyMarked) return;
      this.keep();
      this.askReach();
    });
    this.view.drawNow();
    this.askReach();
    if (draft && this.isDraft) this.autosave.touch(); // it waited for a network, or for its person
  }

  close() {
    this.closed = true;
    removeEventListener('online', this.askAgain);
    this.autosave.flush().finally(() => this.place.release());
    this.autosave.close();
    this.stay();
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
    this.before = this.isWritten() ? this.snapshot() : null;
    this.change(filled(template, this.fields));
    announce(t('compose.templateUsed', { name: nameOf(template) }));
    queueMicrotask(() => selectGap(`${firstLanguage()}-title`));
  };

  clip = (inside) => this.area.set(partsOf(inside));

  askReach = () => this.reaching.about(geometryOf(this.area.parts), announcedOf(this.fields));

  /** What could not be told is asked again, in another language or with a network. */
  askAgain = () => this.reach.status === 'failed' && this.askReach();

  /** The editor opens once its element stands in the page. */
  mountArea = (element) => {
    if (!element || this.editor) return;
    queueMicrotask(() => {
      this.editor ??= openEditor(element, this.area, this.municipality);
    });
  };

  /** What was there before a ready text, or before it was taken back. */
  putBack = () => {
    const { fields, parts } = this.before;
    this.before = null;
    this.change(fields);
    this.area.set(parts);
    focusOn(`${firstLanguage()}-title`);
  };

  discard = async () => {
    replaced = { address: this.address(), before: this.snapshot() };
    await this.autosave.stop();
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
      Object.assign(this, { failure: null, busy: null, changes: [] });
      this.autosave.resume();
      this.keep();
      this.view.drawNow();
      focusOn('save');
    } catch (error) {
      this.showFailure(error);
    }
  };

  // What follows

  snapshot() {
    return structuredClone({ fields: this.fields, parts: this.area.parts });
  }

  /** Whether there is anything that would be missed. */
  isWritten() {
    return this.area.parts.length > 0 || Object.values(this.fields.texts).some((text) => Object.values(text).some((part) => part.trim()));
  }

  address() {
    return this.saved.id ? `/alerts/${this.saved.id}/edit` : NEW;
  }

  keepHere() {
    this.kept = this.drafts.write({ fields: this.fields, parts: this.area.parts, saved: this.saved });
  }

  keep() {
    this.keepHere();
    if (this.isDraft) this.autosave.touch();
  }

  /** What was handed on already is not taken back by typing: it waits here for the person's own word. */
  async saveByItself() {
    if (!this.isWritten()) return 'none';
    try {
      const isNew = !this.saved.id;
      const { whole } = await saveWhatCan(this.saved, contentOf(this.fields, this.area.parts));
      if (isNew) this.becomeKnown();
      if (!whole) this.keepHere();
      else if (!this.autosave.dirty) this.drafts.clear();
      return whole ? 'saved' : 'partly';
    } catch (error) {
      this.keepHere();
      await this.stopSaving(error);
      throw error;
    }
  }

  /** The new alert has an address: the tab goes on there, also after a reload. */
  becomeKnown() {
    this.drafts.clear();
    this.drafts = draftStore(this.me.uid, /** @type {string} */ (this.saved.id));
    this.keepHere();
    if (!this.closed && location.pathname === NEW) rename(this.address());
  }

  /** Only people can settle what another changed, and an ended session. */
  async stopSaving(error) {
    if (!(error instanceof Problem) || ![401, 403, 409, 412].includes(error.status)) return;
    if (error.status !== 401) this.autosave.stop();
    await this.learnChanges(error);
    Object.assign(this, { failure: error, errors: [] });
    announce(error.title);
    this.view.draw();
  }

  async learnChanges(error) {
    if (error.status === 412 && this.saved.id) this.changes = await whoChanged(this.saved, this.me).catch(() => []);
  }

  send = async (submitting) => {
    if (this.busy) return;
    if (this.area.sketching) return this.showErrors([{ field: 'area', message: t('area.error.open') }]);
    const begun = fromUnfinished(unfinishedTimes());
    const found = missing(this.fields, this.area.parts, submitting).filter(({ field }) => !begun.some((one) => one.field === field));
    const lacks = found.length > 0 && found.every(({ key }) => GAPS.includes(key));
    const unfinished = !submitting && this.isDraft && !begun.length && lacks;
    const errors = [...begun, ...fromMissing(found)];
    if (errors.length && !unfinished) return this.showErrors(errors);
    Object.assign(this, { busy: submitting ? 'submit' : 'save', errors: [], failure: null, changes: [] });
    this.view.drawNow();
    await this.autosave.stop();
    try {
      await this.deliver(submitting, unfinished ? 'unfinished' : 'whole');
    } catch (error) {
      this.goOn(error);
      await this.learnChanges(error);
      this.showFailure(error);
    }
  };

  /** What another changed is settled first; after any other refusal the draft goes on saving itself. */
  goOn(error) {
    if (error instanceof Problem && error.status === 412) return this.keepHere();
    this.autosave.resume();
    return this.keep();
  }

  /** The draft goes only when the server has confirmed. */
  async deliver(submitting, way) {
    const saved = await save(this.saved, contentOf(this.fields, this.area.parts), way);
    this.keepHere();
    if (submitting) await alerts.act(saved.id, saved.etag, SUBMIT);
    this.drafts.clear();
    leaveNotice(submitting ? SUBMIT : SAVE, submitting || this.isDraft ? '' : t('compose.takenBack'));
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
