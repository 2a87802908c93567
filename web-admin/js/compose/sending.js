// Handing a draft on, or saving it at the person's word, and what comes of it.

import { allTheSame } from '../alerts/unsaid.js';
import * as alerts from '../api/alerts.js';
import { Problem } from '../api/request.js';
import { t } from '../i18n/index.js';
import { focusOn } from '../shell/failure.js';
import { leaveNotice } from '../shell/notice.js';
import { navigate } from '../shell/router.js';
import { contentOf, missing } from './content.js';
import { factFaults, fromMissing, fromProblem, fromUnfinished } from './errors.js';
import { unfinishedTimes } from './moment.js';
import { save } from './saving.js';

const SUBMIT = 'submit'; // the action that follows the form
export const SAVE = 'edit';
const GAPS = ['error.missing', 'error.area', 'error.placeholder']; // what a draft may have

export class Sending {
  /** @param {any} page the state and actions of page.js */
  constructor(page) {
    this.page = page;
  }

  /** What has to be mended first, and whether a draft may be saved without. */
  faults(submitting) {
    if (this.page.area.sketching) return { errors: [{ field: 'area', message: t('area.error.open') }], unfinished: false };
    const begun = fromUnfinished(unfinishedTimes());
    const found = missing(this.page.fields, this.page.area.parts, submitting).filter(({ field }) => !begun.some((one) => one.field === field));
    const lacks = found.length > 0 && found.every(({ key }) => GAPS.includes(key));
    const unfinished = !submitting && this.page.isDraft && !begun.length && lacks;
    const asked = submitting ? [...factFaults(this.page.told), ...this.unannounced()] : [];
    return { errors: [...begun, ...asked, ...fromMissing(found)], unfinished };
  }

  /** Of an exercise it is asked whether people were told beforehand. */
  unannounced() {
    return this.page.exercise && !this.page.announced ? [{ field: 'announced', message: t('announcement.missing') }] : [];
  }

  send = async (submitting) => {
    if (this.page.busy) return;
    const { errors, unfinished } = this.faults(submitting);
    if (errors.length && !unfinished) return this.showErrors(errors);
    Object.assign(this.page, { busy: submitting ? 'submit' : 'save', errors: [], failure: null, changes: [] });
    this.page.view.drawNow();
    await this.page.draft.autosave.stop();
    try {
      await this.deliver(submitting, unfinished ? 'unfinished' : 'whole');
    } catch (error) {
      this.goOn(error);
      await this.page.draft.learnChanges(error);
      this.showFailure(error);
    }
  };

  /** What another changed is settled first; after any other refusal the draft goes on saving itself. */
  goOn(error) {
    if (error instanceof Problem && error.status === 412) return this.page.draft.keepHere();
    this.page.draft.autosave.resume();
    return this.page.draft.keep();
  }

  /** The draft goes only when the server has confirmed. */
  async deliver(submitting, way) {
    const saved = await save(this.page.saved, contentOf(this.page.fields, this.page.area.parts), way);
    this.page.draft.keepHere();
    const { fields, unsaid } = this.page;
    if (submitting && fields.repeat && fields.when === 'later') return this.repeat(saved);
    if (submitting) await alerts.act(saved.id, saved.etag, SUBMIT, unsaid.length ? allTheSame(unsaid) : undefined);
    this.page.draft.store.clear();
    leaveNotice(submitting ? SUBMIT : SAVE, submitting || this.page.isDraft ? '' : t('compose.takenBack'));
    navigate(`/alerts/${saved.id}`);
  }

  /** The draft becomes a series: what it was kept as is not needed any more, and stays a draft should that fail. */
  async repeat(saved) {
    const { askHowOften, handOnSeries } = await import('./repeat.js');
    /** @type {any} */
    const content = contentOf({ ...this.page.fields, noticed: undefined }, this.page.area.parts); // a series has no such moment
    const rule = await askHowOften(String(content.send_at));
    if (!rule) return this.showErrors([]);
    await handOnSeries(content, rule, `${saved.id} ${saved.etag} ${JSON.stringify(rule)}`.replaceAll(/[^\x21-\x7e]/g, '_').slice(0, 255));
    await alerts.act(saved.id, saved.etag, 'cancel').catch(() => null);
    this.page.draft.store.clear();
    leaveNotice(SUBMIT, t('series.done.submit'));
    navigate('/series');
  }

  showErrors(errors) {
    Object.assign(this.page, { errors, failure: null, busy: null });
    this.page.view.drawNow();
    focusOn('failure');
  }

  showFailure(error) {
    if (error instanceof Problem && error.errors.length) return this.showErrors(fromProblem(error));
    Object.assign(this.page, { errors: [], failure: error, busy: null });
    this.page.view.drawNow();
    return focusOn('failure');
  }

  /** Another person changed the alert: what was typed here becomes the next version of theirs. */
  keepMine = async () => {
    if (this.page.busy) return;
    this.page.busy = 'keepMine';
    this.page.view.draw();
    try {
      this.page.saved.etag = (await alerts.get(this.page.saved.id)).etag;
      Object.assign(this.page, { failure: null, busy: null, changes: [] });
      this.page.draft.autosave.resume();
      this.page.draft.keep();
      this.page.view.drawNow();
      focusOn('save');
    } catch (error) {
      this.showFailure(error);
    }
  };
}
