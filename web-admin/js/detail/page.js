// One alert: what it says, what may be done with it now, and how it fares.

import { label } from '../alerts/labels.js';
import { changesIn } from '../alerts/steps.js';
import { allTheSame } from '../alerts/unsaid.js';
import { takeWish } from '../alerts/wish.js';
import * as alerts from '../api/alerts.js';
import { Problem } from '../api/request.js';
import { addressesIn } from '../area/addresses.js';
import { partsOrNone } from '../area/geojson.js';
import { localitiesOf } from '../area/localities.js';
import { createMap } from '../area/map.js';
import { action as actionNamed, word } from '../api/vocabulary.js';
import { surprise, usualOf } from '../compose/surprise.js';
import { loadTemplates } from '../compose/templates.js';
import { t } from '../i18n/index.js';
import { announce } from '../shell/announce.js';
import { focusOn } from '../shell/failure.js';
import { holding } from '../shell/hold.js';
import { leaveNotice, takeNotice } from '../shell/notice.js';
import { navigate } from '../shell/router.js';
import { view } from '../shell/view.js';
import { figuresInWords } from './figures.js';
import { askAbout, coversOf } from './questions.js';
import { Seen } from './seen.js';
import { detailView } from './view.js';
import { watchAlert } from './watch.js';

const TAPPED = ['submit', 'approve', 'send', 'send_now'];
const SAY = 15_000; // ms between spoken figures
const MOVE = 'move'; // the action that asks for a moment
const NUMBER = '/confirmed/addresses'; // the error of a number that is another one now

const isOlder = (one, other) => Boolean(one.updated && other?.updated && one.updated < other.updated);

/** What can be sent as it is begins on its own page, whatever else in the form. @param {any} begun */
const opensForm = ({ actions }) => actions.includes('edit') && !actions.includes('send');

const partsOfAlert = ({ area }) => partsOrNone(area);

/** The alert alone is waited for: map, reach and figures come as they can. */
export async function openDetail(root, session, { id }) {
  const page = new DetailPage(root, session, await alerts.get(id));
  return () => page.close();
}

class DetailPage {
  /** @type {string} */
  id;
  /** @type {any} */
  alert;
  /** @type {any} */
  municipality;
  /** @type {any} */
  summary;
  /** What was done, and the revision that came of it. @type {{action: string, more: string, revision: number, state: string} | null} */
  notice;
  /** Who did what since the alert was seen, in words. @type {string[]} */
  changes;
  /** @type {unknown} */
  failure;
  /** @type {string | null} */
  busy;
  /** @type {any} */
  map;
  /** @type {HTMLElement | null} */
  mapElement;
  /** @type {any[]} */
  templates;
  /** @type {any[]} */
  thread;
  /** @type {any} */
  me;
  /** @type {() => void} */
  redrawQuestion;
  /** @type {any} */
  counted;
  /** Of the buttons that are held, by action. @type {Record<string, ReturnType<typeof holding>>} */
  holds = {};
  /** The locality of a point. @type {((point: {lat: number, lng: number}) => string | null) | undefined} */
  near;
  /** @type {{words: string, at: number}} */
  said;
  constructor(root, session, alert) {
    const done = takeNotice();
    Object.assign(this, { me: session.me, municipality: null, alert, id: alert.id, history: [], summary: null, stale: false });
    Object.assign(this, { notice: done && { ...done, revision: alert.revision, state: alert.state }, failure: null, changes: [] });
    Object.assign(this, { thread: [], busy: null, map: null, mapElement: null, templates: [], said: { words: '', at: 0 }, redrawQuestion: () => {} });
    this.view = view(root, () => detailView(this));
    this.seen = new Seen(() => this.draw());
    this.view.drawNow();
    addEventListener('beforeprint', this.view.drawNow); // a print says when it was made
    this.decide();
    this.learnPlace(session);
    if (this.notice) focusOn('notice'); // it came with the page: no live region has seen it change
    this.readHistory();
    this.readThread();
    this.watching = watchAlert(alert, { onNews: this.learn, onSame: this.stillSo, onFailure: this.missed });
    this.begin(takeWish(alert.id));
  }

  close() {
    this.watching.close();
    this.seen.close();
    removeEventListener('beforeprint', this.view.drawNow);
    this.view.close();
    this.map?.close();
  }

  /** What was asked for on the list, where it can still be done. @param {string | null} action */
  begin(action) {
    if (action && this.alert.actions.includes(action)) this.act(action);
  }

  mountMap = (element) => {
    this.mapElement = element ?? this.mapElement;
    this.showMap();
  };

  /** Once there is an element and something to show in it. */
  showMap() {
    if (!this.mapElement || !this.municipality || this.map) return;
    this.map = createMap(this.mapElement, this.municipality);
    this.map.show(partsOfAlert(this.alert));
    this.map.map.on('change:size', this.map.fit); // on paper, too, the whole area is to be seen
    this.map.map.once('rendercomplete', () => this.seen.tell('map', 'known'));
  }

  /** Boundary, streets and what is usual: the page does without them until they are there. */
  async learnPlace(session) {
    loadTemplates().then((templates) => Object.assign(this, { templates }));
    try {
      this.municipality = await session.municipality();
      this.near = localitiesOf(this.municipality.base_map);
      this.showMap();
    } catch {
      this.seen.tell('map', 'failed');
    }
    this.draw();
  }

  /** One for each button, however often it is drawn: a release must find what the press began. */
  holdOf(action) {
    this.holds[action] ??= holding({ held: () => this.act(action, true), pressed: () => this.act(action) });
    return this.holds[action];
  }

  draw() {
    this.view.draw();
    this.redrawQuestion();
  }

  /** The action that needs to see whom it reaches, when this person may take it. */
  get decision() {
    return this.alert.actions.map(actionNamed).find(({ question }) => question?.shows_reach) ?? null;
  }

  decide() {
    if (this.decision) this.seen.about(this.alert);
  }

  /** @returns {string | null} */
  get surprise() {
    return surprise(this.addresses(), usualOf(this.templates, this.alert), this.alert);
  }

  /** By the register where there is one, else counted on the map, once for an area: there may be thousands of each. */
  addresses() {
    const covers = coversOf(this.alert, this.seen);
    if (covers) return { inside: covers.inside, all: covers.total };
    const { area } = this.alert;
    const baseMap = this.municipality?.base_map;
    if (this.counted?.area !== area || this.counted.baseMap !== baseMap) {
      this.counted = { area, baseMap, found: addressesIn(partsOfAlert(this.alert), baseMap) };
    }
    return this.counted.found;
  }

  // What the person does

  /**
   * Done to the alert as it was when the question was asked; where that matters, a change since then makes the API refuse.
   * A button that was held has asked already, unless something is not there yet or out of the ordinary.
   */
  act = async (action, held = false) => {
    const { etag, revision } = this.alert;
    const known = actionNamed(action);
    if (this.busy) return;
    const asked = held && this.seen.ready && !this.surprise && !known.question?.asks;
    const said = asked ? {} : await askAbout(known, this);
    if (!said || this.busy) return;
    const moment = action === MOVE ? await (await import('./move.js')).askWhen(this.alert) : {};
    if (!moment) return;
    Object.assign(this, { busy: action, failure: null, notice: null, changes: [] });
    this.view.drawNow();
    try {
      const next = await alerts.act(this.id, known.if_match ? etag : null, action, this.told(known, { ...said, ...moment }));
      if (next.id !== this.id) {
        leaveNotice(action);
        navigate(`/alerts/${next.id}${opensForm(next) ? '/edit' : ''}`);
        return;
      }
      Object.assign(this, { busy: null, notice: { action, more: '', revision: next.revision, state: next.state } });
      this.become(next);
    } catch (error) {
      Object.assign(this, { busy: null, failure: error });
      const counted = error instanceof Problem ? error.errors.find(({ pointer }) => pointer === NUMBER)?.counted : undefined;
      if (counted !== undefined) this.seen.recount(counted);
    }
    this.view.drawNow();
    focusOn(this.failure ? 'failure' : 'notice');
    await this.refresh();
    this.watching.soon();
    if (this.failure instanceof Problem && this.failure.status === 412) this.tellChanges(revision);
  };

  /** What the page had not shown, which only an approval says; the number that it showed; what it named as unsaid. */
  told({ value, question }, answered) {
    const unseen = question?.shows_reach && value === 'approve' ? this.seen.unseen : [];
    const confirmed = question?.shows_reach ? this.seen.number : null;
    const said = {
      ...answered,
      ...(unseen.length ? { unseen } : {}),
      ...(confirmed ? { confirmed } : {}),
      ...(TAPPED.includes(value) ? allTheSame(this.alert.missing) : {}),
    };
    return Object.keys(said).length ? said : undefined;
  }

  tellChanges(revision) {
    this.changes = changesIn(this.history, revision, this.me);
    this.draw();
  }

  // What the server says

  become(next) {
    const { revision, state, area } = this.alert;
    if (next.revision < revision) return;
    if (next.state !== state) announce(t('detail.stateIs', { state: label('states', next.state) }));
    this.alert = next;
    if (this.isOver(this.notice)) this.notice = null;
    if (JSON.stringify(next.area) !== JSON.stringify(area)) this.map?.show(partsOfAlert(next));
    this.decide();
    this.draw();
  }

  /** What was said of a step goes with the next step of anybody, and with the end of the alert that it left open. */
  isOver(notice) {
    if (!notice) return false;
    const open = word('states', this.alert.state).open ?? true;
    return this.alert.revision > notice.revision || (!open && notice.state !== this.alert.state);
  }

  /** Silent when it fails: what is shown stays, and the next change tries again. */
  async refresh() {
    try {
      this.become(await alerts.get(this.id));
    } catch {
      return;
    }
    await Promise.all([this.readHistory(), this.readThread()]);
  }

  /** Where it cannot be had the page does without. */
  async readThread() {
    this.thread = await alerts.thread(this.id).catch(() => this.thread);
    this.view.draw();
  }

  async readHistory() {
    this.history = await alerts.history(this.id).catch(() => null);
    this.view.draw();
  }

  /** Drawn at once; a new state or revision also changes what may be done, which the API knows. */
  progress = (progress) => {
    const { revision, state } = this.alert;
    if (progress.revision >= revision) this.become({ ...this.alert, ...progress });
    if (progress.revision > revision || progress.state !== state) this.refresh();
  };

  /** @param {any} watched */
  learn = ({ alert, figures }) => {
    this.stale = false;
    if (figures && !isOlder(figures, this.summary)) this.summary = figures;
    this.progress(alert);
    this.view.draw();
    if (this.summary) this.say(figuresInWords(this.summary));
  };

  /** @param {string | null} gathered */
  stillSo = (gathered) => {
    this.stale = false;
    if (this.summary && gathered) this.summary = { ...this.summary, updated: gathered };
    this.view.draw();
  };

  /** What is shown stays; whoever may no longer see it is told. */
  missed = (error, final) => {
    this.stale = true;
    if (final) this.failure = error;
    this.view.draw();
  };

  say(words) {
    if (words === this.said.words || Date.now() - this.said.at < SAY) return;
    this.said = { words, at: Date.now() };
    announce(words);
  }
}
