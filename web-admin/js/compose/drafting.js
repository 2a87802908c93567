// The draft of a page: kept in this browser, saved by itself, taken back and had again.

import { firstLanguage } from '../api/vocabulary.js';
import { Problem } from '../api/request.js';
import { draftStore } from '../session/drafts.js';
import { announce } from '../shell/announce.js';
import { focusOn } from '../shell/failure.js';
import { navigate, rename } from '../shell/router.js';
import { Autosave } from './autosave.js';
import { whoChanged } from './conflict.js';
import { contentOf } from './content.js';
import { saveWhatCan } from './saving.js';

const NEW = '/alerts/new';
const EXERCISE = '/exercise';

/** Whether an address is that of a text which has none of its own yet. @param {string} path */
export const isNew = (path) => [NEW, EXERCISE].includes(path);

/** What the person took back last, or had replaced: it can be had again. @type {{address: string, before: object} | null} */
let replaced = null;

export class Drafting {
  /** What may be had again instead of what stands there. @type {any} */
  before = replaced?.address === location.pathname ? replaced.before : null;
  kept = true; // in this browser
  autosave = new Autosave(
    () => this.saveByItself(),
    () => this.page.view.draw(),
  );

  /** @param {any} page the state and actions of page.js @param {string} slot of this browser's drafts */
  constructor(page, slot) {
    this.page = page;
    this.store = draftStore(page.me.uid, slot);
    replaced = null;
  }

  /** What was there before a ready text, or before it was taken back. */
  putBack = () => {
    const { fields, parts, facts } = this.before;
    this.before = null;
    this.page.told.restore(facts);
    this.page.change(fields);
    this.page.area.set(parts);
    this.page.step = 'details';
    this.page.view.drawNow();
    focusOn(`${firstLanguage()}-title`);
  };

  discard = async () => {
    replaced = { address: this.address(), before: this.snapshot() };
    await this.autosave.stop();
    this.store.clear();
    navigate(this.address(), { replace: true });
  };

  snapshot() {
    return structuredClone({ fields: this.page.fields, parts: this.page.area.parts, facts: this.page.told.kept });
  }

  /** Whether there is anything that would be missed. */
  isWritten() {
    return this.page.area.parts.length > 0 || Object.values(this.page.fields.texts).some((text) => Object.values(text).some((part) => part.trim()));
  }

  address() {
    if (this.page.saved.id) return `/alerts/${this.page.saved.id}/edit`;
    return this.page.exercise ? EXERCISE : NEW;
  }

  keepHere() {
    this.kept = this.store.write({ fields: this.page.fields, parts: this.page.area.parts, facts: this.page.told.kept, saved: this.page.saved });
  }

  keep() {
    this.keepHere();
    if (this.page.isDraft) this.autosave.touch();
  }

  /** What was handed on already is not taken back by typing: it waits here for the person's own word. */
  async saveByItself() {
    if (!this.isWritten()) return 'none';
    try {
      const begins = !this.page.saved.id;
      const { alert, whole } = await saveWhatCan(this.page.saved, contentOf(this.page.fields, this.page.area.parts));
      this.page.unsaid = alert.missing ?? [];
      if (begins) this.becomeKnown();
      if (!whole) this.keepHere();
      else if (!this.autosave.dirty) this.store.clear();
      return whole ? 'saved' : 'partly';
    } catch (error) {
      this.keepHere();
      await this.stopSaving(error);
      throw error;
    }
  }

  /** The new alert has an address: the tab goes on there, also after a reload. */
  becomeKnown() {
    this.store.clear();
    this.store = draftStore(this.page.me.uid, /** @type {string} */ (this.page.saved.id));
    this.keepHere();
    if (!this.page.closed && isNew(location.pathname)) rename(this.address());
  }

  /** Only people can settle what another changed, and an ended session. */
  async stopSaving(error) {
    if (!(error instanceof Problem) || ![401, 403, 409, 412].includes(error.status)) return;
    if (error.status !== 401) this.autosave.stop();
    await this.learnChanges(error);
    Object.assign(this.page, { failure: error, errors: [] });
    announce(error.title);
    this.page.view.draw();
  }

  async learnChanges(error) {
    if (error.status === 412 && this.page.saved.id) this.page.changes = await whoChanged(this.page.saved, this.page.me).catch(() => []);
  }
}
