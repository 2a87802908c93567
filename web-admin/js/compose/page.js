// Composing an alert, new or again: the form with its area and reach; drafting.js keeps it, sending.js hands it on.

import * as alerts from '../api/alerts.js';
import { Problem } from '../api/request.js';
import { partsOf as drawnOf } from '../area/geojson.js';
import { openEditor } from '../area/editor.js';
import { partAt } from '../area/geometry.js';
import { createMap } from '../area/map.js';
import { Area } from '../area/model.js';
import { namesOf } from '../area/names.js';
import { partName } from '../area/part_list.js';
import { isNamed, namedAt, whereOf } from '../area/parts.js';
import { action, words } from '../api/vocabulary.js';
import { onLanguageChange, t } from '../i18n/index.js';
import { announce } from '../shell/announce.js';
import { focusOn } from '../shell/failure.js';
import { navigate, rename } from '../shell/router.js';
import { view } from '../shell/view.js';
import { claimSlot } from '../session/drafts.js';
import { Drafting, isNew } from './drafting.js';
import { fromLost } from './errors.js';
import { announcedOf, createReach } from './reach.js';
import { draftOf } from './restored.js';
import { SAVE, Sending } from './sending.js';
import { startOf } from './start.js';
import { arrive, beside, STEPS, stepOf, unfold } from './steps.js';
import { loadOffice, nameOf } from './templates.js';
import { ToldFacts } from './told_facts.js';
import { composeView } from './view.js';

/** The way in of exercises: what begins here is one, and stays one. */
export const openExercise = (root, session, { query }) => openCompose(root, session, { id: null, query, exercise: true });

/** What few need at once comes beside the page. */
const extras = async () => ({ ...(await import('./noticed.js')), ...(await import('./alone.js')), ...(await import('./exercise.js')) });

export async function openCompose(root, session, { id, query, exercise = false }) {
  if (!id && !action('create').may) throw new Problem(403, { title: t('compose.mayNot'), detail: t('compose.mayNot.detail') });
  const bound = id ? null : session.me.templates;
  if (bound) {
    const wanted = query?.get('template');
    navigate(wanted ? `/templates/${encodeURIComponent(wanted)}/alert` : '/templates', { replace: true });
    return () => {};
  }
  const [municipality, alert, office, model, more] = await Promise.all([
    session.municipality(),
    id ? alerts.get(id) : null,
    loadOffice(),
    id ? null : modelOf(query),
    extras(),
  ]);
  if ((alert ?? model?.alert)?.parts?.length) await namesOf(session.me.terc).loaded; // what it means is shown by name
  if (alert && !alert.actions.includes(SAVE)) {
    navigate(`/alerts/${id}`, { replace: true });
    return () => {};
  }
  const place = id ? { slot: id, release: () => {} } : await claimSlot(session.me.uid, query?.get('text') ?? history.state?.draft);
  if (isNew(location.pathname)) rename(location.pathname, { draft: place.slot }); // found again after a reload
  const page = new ComposePage(root, session, { municipality, alert, model, office, place, more, exercise });
  const wanted = page.told.office.templates.find((one) => one.id === query?.get('template'));
  if (wanted && !id && !page.restored) await beginWith(page, root, wanted);
  return () => page.close();
}

/** As by its tile, once the search stands in the page: it has the focus then. */
async function beginWith(page, root, template) {
  await null;
  root.dataset.placed = '';
  page.useTemplate(template);
}

const LAST = STEPS[STEPS.length - 1];
const MODELS = ['copy', 'area'];

/** The earlier alert that a new one is written after. @param {URLSearchParams | undefined} query */
async function modelOf(query) {
  const what = MODELS.find((one) => query?.get(one));
  return what ? { what, alert: await alerts.get(query?.get(what) ?? '') } : null;
}

class ComposePage {
  /** @type {any} */
  municipality;
  /** @type {any} */
  alert;
  /** @type {import('./content.js').Fields} */
  fields;
  /** When what this browser kept was written. @type {string | null} */
  restored;
  /** @type {import('./saving.js').Saved} */
  saved;
  /** @type {ReturnType<typeof openEditor> | null} */
  editor;
  /** The map of the preview. @type {ReturnType<typeof createMap> | null} */
  shown = null;
  /** The ready text that was chosen, and its facts. @type {ToldFacts} */
  told;
  /** @type {import('../area/names.js').Names} */
  names;
  /** On a phone one is open. @type {string} */
  step;
  /** @type {any} */
  me;
  /** @type {import('../session/drafts.js').Slot} */
  place;
  /** Who changed what meanwhile, in words. @type {string[]} */
  changes;
  /** @type {boolean} */
  closed;
  /** What the texts as they were saved last leave unsaid. @type {import('../alerts/unsaid.js').Hole[]} */
  unsaid;
  /** Somebody said that an exercise was announced beforehand. */
  announced = false;
  /** Sending without a second person, by whoever may. @type {import('./alone.js').Alone | null} */
  alone = null;
  constructor(root, session, { municipality, alert, model, office, place, more, exercise }) {
    Object.assign(this, { municipality, alert, me: session.me, place, changes: [], closed: false, unsaid: alert?.missing ?? [] });
    Object.assign(this, { step: alert || model?.what === 'copy' ? 'details' : 'what', names: namesOf(session.me.terc) });
    this.draft = new Drafting(this, place.slot);
    this.sending = new Sending(this);
    const waiting = draftOf(this.draft.store.read(), alert);
    const { fields, parts, saved, lost } = waiting ?? startOf(alert, model, this.names);
    Object.assign(this, { fields: exercise && !waiting ? more.exerciseFields(fields) : fields, saved, more, restored: waiting?.at ?? null, errors: fromLost(lost) });
    Object.assign(this, { reach: { status: 'none' }, failure: null, busy: null, editor: null });
    this.area = new Area(parts);
    const templates = office.templates.filter((one) => Boolean(one.exercise) === this.exercise);
    this.told = new ToldFacts(this, { ...office, templates }, waiting?.facts ?? null);
    this.alone = action('send_now').may ? new more.Alone(this) : null;
    this.isDraft = !alert || alert.state === words('states')[0]?.value;
    this.stay = session.beforeSignOut(() => this.draft.autosave.flush());
    this.view = view(root, () => composeView(this));
    this.reaching = createReach((reach) => {
      this.reach = reach;
      this.showFault(reach.status === 'failed' ? reach.error : null);
      this.showOutline();
      if (reach.status === 'known') this.told.follow();
      this.view.draw();
    });
    this.forget = onLanguageChange(this.askAgain);
    addEventListener('online', this.askAgain);
    this.area.onChange((_, onlyMarked) => {
      if (onlyMarked) return;
      this.draft.keep();
      this.told.follow();
      this.askReach();
      this.view.draw();
    });
    this.view.drawNow();
    this.askReach();
    if (waiting && this.isDraft) this.draft.autosave.touch(); // it waited for a network, or for its person
    else if (model) this.draft.keep();
  }

  close() {
    this.closed = true;
    removeEventListener('online', this.askAgain);
    this.draft.autosave.flush().finally(() => this.place.release());
    this.draft.autosave.close();
    this.alone?.close();
    this.stay();
    this.forget();
    this.reaching.close();
    this.editor?.close();
    this.shown?.close();
    this.view.close();
  }

  /** Nothing on the page makes an exercise real, nor the reverse. */
  get exercise() {
    return Boolean(this.fields.values.exercise);
  }

  // What the person does

  announce = (announced) => {
    Object.assign(this, { announced });
    this.view.draw();
  };

  change = (part) => {
    const before = JSON.stringify(announcedOf(this.fields));
    Object.assign(this.fields, part);
    this.draft.keep();
    if (JSON.stringify(announcedOf(this.fields)) !== before) this.askReach();
    this.view.draw();
  };

  /** @param {Record<string, any>} values of some fields */
  set = (values) => {
    this.change({ values: { ...this.fields.values, ...values } });
    if ('send_at' in values) this.told.follow();
  };

  sendAt = (when) => {
    this.change({ when });
    this.told.follow();
  };

  /** @param {import('../alerts/unsaid.js').Hole} hole */
  sayNotKnown = ({ language, not_known: sentence }) => {
    const text = this.fields.texts[language] ?? {};
    const body = [text.body?.trim(), sentence].filter(Boolean).join(' ');
    this.change({ texts: { ...this.fields.texts, [language]: { ...text, body } } });
    this.draft.autosave.flush();
  };

  useTemplate = (template) => {
    this.draft.before = this.draft.isWritten() ? this.draft.snapshot() : null;
    this.told.use(template);
    announce(t('compose.templateUsed', { name: nameOf(template) }));
    this.go('where');
  };

  // The steps, of which a phone shows one

  go = (step) => {
    this.step = step;
    if (step === LAST) this.draft.autosave.flush(); // its answer names what the texts leave unsaid
    this.view.drawNow();
    arrive(step);
  };

  /** A shape that is begun is closed or given up before the next step. */
  move = (by) => {
    if (by > 0 && this.area.sketching) return this.sending.showErrors([{ field: 'area', message: t('area.error.open') }]);
    const next = beside(this.step, by);
    return next && this.go(next);
  };

  /** A link to a field opens the step and the folds that the field stands in. */
  follow = (event) => {
    const id = event.target.closest('a')?.hash?.slice(1);
    const step = id && stepOf(id);
    if (!step) return;
    event.preventDefault();
    Object.assign(this, { step });
    this.view.drawNow();
    unfold(id);
    focusOn(id);
  };

  clip = (inside) => this.area.set(drawnOf(inside));

  askReach = () => this.reaching.about(whereOf(this.area.parts), announcedOf(this.fields));

  /** What could not be told is asked again, in another language or with a network. */
  askAgain = () => this.reach.status === 'failed' && this.askReach();

  /** The editor opens once its element stands in the page. */
  mountArea = (element) => {
    if (!element || this.editor) return;
    queueMicrotask(() => {
      this.editor ??= openEditor(element, this.area, this.municipality, this.names);
    });
  };

  mountPreview = (element) => {
    if (!element || this.shown) return;
    this.shown = createMap(element, this.municipality);
    this.showOutline();
  };

  /** What all parts make together, on both maps. */
  showOutline() {
    const outline = this.reach.status === 'known' ? (this.reach.figures.outline ?? null) : null;
    if (this.reach.status !== 'busy') this.editor?.outline(this.area.parts.some(isNamed) ? outline : null);
    this.shown?.show(outline ? [] : this.area.parts);
    this.shown?.outline(outline);
    this.shown?.fit();
  }

  /** The part that the API found fault with, named in the list and shown on the map. */
  faulty = (error) => {
    const [first] = error instanceof Problem ? error.errors : [];
    const index = first ? (namedAt(this.area.parts, first.pointer) ?? partAt(this.area.parts, first.at)) : null;
    return index === null ? null : { name: partName(this.area.parts, index), remove: () => this.area.remove(index) };
  };

  showFault(error) {
    const [first] = error instanceof Problem ? error.errors : [];
    const place = first?.at === undefined ? null : first.place;
    if (place) this.area.markAt([place.lng, place.lat]);
    else if (this.area.mark) this.area.markAt(null);
  }

}
