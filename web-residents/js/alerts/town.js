// What one municipality publishes, live: its keys and its latest alerts, from the phone's memory without a network.

import { collection, doc, limit, onSnapshot, orderBy, query, where } from '../../vendor/firebase.js';
import { readAlert } from './reading.js';

const MOST = 50; // docs/app-developers.md, "What is published"
const LISTEN = { includeMetadataChanges: true };

/**
 * @typedef {{terc: string, name: string, alerts: import('./reading.js').Alert[], fromPhone: boolean}} Town
 *   `fromPhone`: the server has not said anything yet, or not lately
 */

const latest = (db, terc) => query(collection(db, 'published'), where('terc', '==', terc), orderBy('sent', 'desc'), limit(MOST));

const ofThread = (db, terc, thread) =>
  query(collection(db, 'published'), where('terc', '==', terc), where('thread', '==', thread));

/** @param {(town: Town) => void} changed @returns {() => void} ends it */
export const watchTown = (db, terc, changed, failed) => watch(db, terc, latest(db, terc), changed, failed);

/** As `watchTown`, with the alerts of one thread. */
export const watchThread = (db, { terc, thread }, changed, failed) => watch(db, terc, ofThread(db, terc, thread), changed, failed);

function watch(db, terc, alerts, changed, failed) {
  let municipality = null;
  let published = null;
  let turn = 0;
  const judge = async () => {
    const mine = ++turn;
    if (!municipality || !published || keysMayBeOld(municipality, published)) return;
    const town = await townOf(terc, municipality, published);
    if (mine === turn) changed(town);
  };
  const read = () => judge().catch(failed);
  const stops = [
    onSnapshot(doc(db, 'municipalities', terc), LISTEN, (snapshot) => ((municipality = snapshot), read()), failed),
    onSnapshot(alerts, LISTEN, (snapshot) => ((published = snapshot), read()), failed),
  ];
  return () => {
    turn = Infinity;
    stops.forEach((stop) => stop());
  };
}

/** A new alert must not be judged by the keys of last time. */
const keysMayBeOld = (municipality, published) => municipality.metadata.fromCache && !published.metadata.fromCache;

async function townOf(terc, municipality, published) {
  const { name = '', keys = [] } = municipality.data() ?? {};
  const alerts = await Promise.all(published.docs.map((one) => readAlert(one.id, one.data(), { terc, keys })));
  return { terc, name, alerts, fromPhone: published.metadata.fromCache };
}
