// One alert: what it says, what may be done with it now, and how it fares.

import { label } from '../alerts/labels.js';
import * as alerts from '../api/alerts.js';
import { partsOrNone } from '../area/geojson.js';
import { createMap } from '../area/map.js';
import { action as actionNamed } from '../api/vocabulary.js';
import { t } from '../i18n/index.js';
import { announce } from '../shell/announce.js';
import { focusOn } from '../shell/failure.js';
import { takeNotice } from '../shell/notice.js';
import { view } from '../shell/view.js';
import { whileVisible } from '../shell/visibility.js';
import { figuresInWords } from './figures.js';
import { askAbout } from './questions.js';
import { detailView } from './view.js';
import { watchAlert } from './watch.js';

const GATHER = 3000; // ms; the API gathers no more often
const SAY = 15_000; // ms between spoken figures

const isOlder = (one, other) => Boolean(one.updated && other?.updated && one.updated < other.updated);

export async function openDetail(root, session, { id }) {
  const [alert, municipality] = await Promise.all([alerts.get(id), session.municipality()]);
  const page = new DetailPage(root, session, municipality, alert);
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
  /** @type {string | null} */
  notice;
  /** @type {unknown} */
  failure;
  /** @type {string | null} */
  busy;
  /** @type {any} */
  map;
  /** @type {{words: string, at: number}} */
  said;
  constructor(root, session, municipality, alert) {
    Object.assign(this, { municipality, alert, id: alert.id, history: [], summary: null, stale: false });
    Object.assign(this, { notice: takeNotice(), failure: null, busy: null, map: null, said: { words: '', at: 0 } });
    this.view = view(root, () => detailView(this));
    this.view.drawNow();
    if (this.notice) focusOn('notice'); // it came with the page: no live region has seen it change
    this.readHistory();
    this.unwatch = watchAlert(session.firestore, alert.id, { onProgress: this.progress, onSummary: this.take });
    this.rest = whileVisible(this.gather, GATHER);
    this.gather();
  }

  close() {
    this.unwatch();
    this.rest();
    this.view.close();
    this.map?.close();
  }

  mountMap = (element) => {
    if (!element || this.map) return;
    this.map = createMap(element, this.municipality);
    this.map.show(partsOrNone(this.alert.area));
  };

  // What the person does

  /** Done to the alert as it was when the question was asked; where that matters, a change since then makes the API refuse. */
  act = async (action) => {
    const { etag } = this.alert;
    const known = actionNamed(action);
    if (this.busy || !(await askAbout(known, this.alert))) return;
    Object.assign(this, { busy: action, failure: null, notice: null });
    this.view.drawNow();
    try {
      const next = await alerts.act(this.id, known.if_match ? etag : null, action);
      Object.assign(this, { busy: null, notice: action });
      this.become(next);
    } catch (error) {
      Object.assign(this, { busy: null, failure: error });
    }
    this.view.drawNow();
    focusOn(this.failure ? 'failure' : 'notice');
    await this.refresh();
  };

  // What the server says

  become(next) {
    const { revision, state, area } = this.alert;
    if (next.revision < revision) return;
    if (next.state !== state) announce(t('detail.stateIs', { state: label('states', next.state) }));
    this.alert = next;
    if (JSON.stringify(next.area) !== JSON.stringify(area)) this.map?.show(partsOrNone(next.area));
    this.view.draw();
  }

  /** Silent when it fails: what is shown stays, and the next change tries again. */
  async refresh() {
    try {
      this.become(await alerts.get(this.id));
    } catch {
      return;
    }
    await this.readHistory();
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

  gather = async () => {
    if (!this.alert.started) return;
    try {
      this.take(await alerts.gatherSummary(this.id));
    } catch {
      this.stale = true;
      this.view.draw();
    }
  };

  /** Figures come by Firestore and as the API's answer, in any order. */
  take = (summary) => {
    this.stale = false;
    if (!isOlder(summary, this.summary)) this.summary = summary;
    this.view.draw();
    this.say(figuresInWords(this.summary));
  };

  say(words) {
    if (words === this.said.words || Date.now() - this.said.at < SAY) return;
    this.said = { words, at: Date.now() };
    announce(words);
  }
}
