// What is published where I have places, live, with the places that each alert means.

import { polygonsOf } from '../places/shapes.js';
import { watchResident } from '../session/resident.js';
import { concerns } from './concerns.js';
import { isMuted } from './muted.js';
import { folded, members } from './threads.js';
import { watchTown } from './town.js';
import { watchLocated } from './whereabouts.js';

/**
 * @typedef {{places: import('./whereabouts.js').Located[], towns: import('./town.js').Town[], threads: MyThread[],
 *   fromPhone: boolean}} Mine `fromPhone`: at least one municipality has not been heard of lately
 * @typedef {import('./threads.js').Thread & {town: import('./town.js').Town, mine: boolean, muted: boolean}} MyThread
 *   `mine`: one of its messages means one of my places
 */

/**
 * @param {{session: {db: any, uid: string}, local: Function}} app
 * @param {(mine: Mine) => void} changed called once everything is known, and after every change
 * @param {(error: Error) => void} failed
 * @returns {() => void} ends it
 */
export function watchMine(app, changed, failed) {
  const watch = new MineWatch(app, changed, failed);
  return () => watch.close();
}

class MineWatch {
  /** @type {any} */
  db;
  /** @type {(mine: Mine) => void} */
  changed;
  /** @type {(error: Error) => void} */
  failed;
  /** @type {import('./whereabouts.js').Located[] | null} */
  places = null;
  preferences = {}; // none until they are known
  towns = new Map(); // terc -> {town, stop}

  constructor(app, changed, failed) {
    Object.assign(this, { db: app.session.db, changed, failed });
    this.stops = [watchLocated(app, this.onLocated, failed), watchResident(app.session, this.onPreferences, failed)];
  }

  close() {
    this.closed = true;
    for (const { stop } of this.towns.values()) stop();
    this.stops.forEach((stop) => stop());
  }

  onPreferences = (preferences) => {
    this.preferences = preferences;
    this.tell();
  };

  onLocated = (places) => {
    if (this.closed) return;
    this.places = places;
    const wanted = new Set(places.flatMap(({ tercs }) => tercs));
    for (const terc of [...this.towns.keys()].filter((one) => !wanted.has(one))) this.leave(terc);
    for (const terc of [...wanted].filter((one) => !this.towns.has(one))) this.enter(terc);
    this.tell();
  };

  enter(terc) {
    /** @type {{town: import('./town.js').Town | null, stop?: () => void}} */
    const entry = { town: null };
    this.towns.set(terc, entry);
    entry.stop = watchTown(this.db, terc, (town) => {
      entry.town = town;
      this.tell();
    }, this.failed);
  }

  leave(terc) {
    this.towns.get(terc).stop();
    this.towns.delete(terc);
  }

  tell() {
    const towns = [...this.towns.values()].map(({ town }) => town);
    if (this.closed || !this.places || towns.includes(null)) return;
    const threads = towns.flatMap((town) => folded(town.alerts).map((thread) => this.mineOf(thread, town)));
    threads.sort((a, b) => Date.parse(b.newest.sent) - Date.parse(a.newest.sent));
    this.changed({ places: this.places, towns, threads, fromPhone: towns.some(({ fromPhone }) => fromPhone) });
  }

  mineOf(thread, town) {
    const mine = members(thread).some((alert) => meant(alert, this.places).length > 0);
    return { ...thread, town, mine, muted: isMuted(thread.newest, this.preferences) };
  }
}

/** @returns {import('./whereabouts.js').Located[]} the places that an alert's area means */
export function meant(alert, places) {
  const polygons = polygonsOf(alert.area);
  return places.filter(({ point }) => concerns(polygons, point));
}
