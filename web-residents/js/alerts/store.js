// What is published where I have places, live, with the places that each alert means.

import { watchResident } from '../session/resident.js';
import { leftOut, meant } from './meant.js';
import { isMuted } from './muted.js';
import { onPushed, pushed } from './pushed.js';
import { folded, members, topped } from './threads.js';
import { watchTown } from './town.js';
import { watchLocated } from './whereabouts.js';

const LATE = 5 * 60_000; // ms; the site's copies may be a minute old, the phone's clock a little wrong

/**
 * @typedef {{places: import('./whereabouts.js').Located[], towns: import('./town.js').Town[], threads: MyThread[],
 *   fromPhone: boolean}} Mine `fromPhone`: at least one municipality has not been heard of lately, or the places have not
 * @typedef {import('./threads.js').Thread & {town: import('./town.js').Town | null, mine: boolean, muted: boolean, past?: {place: import('./whereabouts.js').Located, why: string}[],
 *   places: import('./whereabouts.js').Located[]}} MyThread
 *   `past`: those that it does not mean any more; `mine`: one of its messages means one of my places, or came by push; `places`: those that it means; without a `town` it
 *   is known by its push alone
 */

/**
 * @param {{session: {db: any, uid: string}, local: Function}} app
 * @param {(mine: Mine) => void} changed called once anything is known, and after every change
 * @param {(error: Error) => void} failed
 * @returns {() => void} ends it
 */
export function watchMine(app, changed, failed) {
  const watch = new MineWatch(app, changed, failed);
  return () => watch.close();
}

class MineWatch {
  /** @type {(mine: Mine) => void} */
  changed;
  /** @type {import('./whereabouts.js').Located[] | null} */
  places = null;
  placesFromPhone = true;
  /** @type {import('./reading.js').Alert[]} */
  pushed = [];
  preferences = {}; // none until they are known
  towns = new Map(); // terc -> {town, stop}

  constructor(app, changed, failed) {
    this.changed = changed;
    this.stops = [
      watchLocated(app, this.onLocated, failed),
      watchResident(app.session, this.onPreferences, failed),
      onPushed(this.readPushed),
    ];
    this.readPushed();
  }

  readPushed = async () => {
    this.pushed = await pushed();
    this.tell();
  };

  close() {
    this.closed = true;
    for (const { stop } of this.towns.values()) stop();
    this.stops.forEach((stop) => stop());
  }

  onPreferences = (preferences) => {
    this.preferences = preferences;
    this.tell();
  };

  onLocated = (places, fromPhone) => {
    if (this.closed) return;
    this.places = places;
    this.placesFromPhone = fromPhone;
    const wanted = new Set(places.flatMap(({ tercs }) => tercs));
    for (const terc of [...this.towns.keys()].filter((one) => !wanted.has(one))) this.leave(terc);
    for (const terc of [...wanted].filter((one) => !this.towns.has(one))) this.enter(terc);
    this.tell();
  };

  enter(terc) {
    /** @type {{town: import('./town.js').Town | null, stop?: () => void}} */
    const entry = { town: null };
    this.towns.set(terc, entry);
    entry.stop = watchTown(terc, (town) => {
      entry.town = town;
      this.tell();
    });
  }

  leave(terc) {
    this.towns.get(terc).stop();
    this.towns.delete(terc);
  }

  tell() {
    const towns = /** @type {import('./town.js').Town[]} */ ([...this.towns.values()].map(({ town }) => town).filter(Boolean));
    const asked = !this.places || towns.length < this.towns.size; // not all is known yet
    if (this.closed || (asked && !this.pushed.length)) return;
    const alone = this.byPushAlone(towns);
    const known = towns.flatMap((town) => folded(town.alerts).map((thread) => this.mineOf(topped(thread, alone), town)));
    const threads = [...known, ...alone.filter(({ newest }) => !known.some((thread) => thread.newest.id === newest.id))];
    threads.sort((a, b) => Date.parse(b.newest.sent) - Date.parse(a.newest.sent));
    const fromPhone = asked || this.placesFromPhone || towns.some((town) => town.fromPhone);
    this.changed({ places: this.places ?? [], towns, threads, fromPhone });
  }

  mineOf(thread, town) {
    const told = members(thread).find((one) => !one.pushed) ?? thread.newest; // a push does not say where
    const places = meant(told, this.places);
    const came = this.pushed.some((push) => members(thread).some(({ id }) => id === push.id));
    const mine = came || members(thread).some((alert) => meant(alert, this.places).length > 0);
    const past = leftOut(told, members(thread), this.places ?? []);
    return { ...thread, town, mine, places, past, muted: !came && isMuted(thread.newest, this.preferences) };
  }

  /** Of these the server has not spoken: once it has, later than they came, what it does not list holds no more. */
  byPushAlone(towns) {
    const known = new Map(towns.map((town) => [town.terc, town]));
    /** @param {import('./reading.js').Alert} push */
    const isUnheard = ({ id, thread, version, terc, at, sent }) => {
      const town = known.get(terc);
      const newer = town?.alerts.some((one) => one.id === id || (one.ok && one.thread === thread && one.version >= version));
      return !newer && (!town || town.fromPhone || town.made - (at ?? Date.parse(sent)) < LATE);
    };
    const alone = this.pushed.filter(isUnheard);
    return alone.map((newest) => ({ key: newest.id, newest, older: [], town: null, mine: true, muted: false, places: [] }));
  }
}
