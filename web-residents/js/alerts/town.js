// What one municipality publishes, live: its keys and its latest alerts, from the phone's memory without a network.

import { collection, doc, limit, onSnapshot, orderBy, query, where } from '../../vendor/firebase.js';
import { readAlert } from './reading.js';

const MOST = 50; // docs/app-developers.md, "What is published"
const MOST_ACTIVE = 500; // what holds is read whole, however much was published since
const LISTEN = { includeMetadataChanges: true };

/**
 * @typedef {{terc: string, name: string, languages: string[], alerts: import('./reading.js').Alert[], fromPhone: boolean}} Town
 *   `fromPhone`: the server has not said anything yet, or not lately
 */

const latest = (db, terc) => query(collection(db, 'published'), where('terc', '==', terc), orderBy('sent', 'desc'), limit(MOST));

const active = (db, terc) =>
  query(collection(db, 'published'), where('terc', '==', terc), where('state', '==', 'active'), orderBy('sent', 'desc'), limit(MOST_ACTIVE));

const ofThread = (db, terc, thread) =>
  query(collection(db, 'published'), where('terc', '==', terc), where('thread', '==', thread));

/** @param {(town: Town) => void} changed @returns {() => void} ends it */
export const watchTown = (db, terc, changed, failed) => watch(db, terc, [latest(db, terc), active(db, terc)], changed, failed);

/** As `watchTown`, with the alerts of one thread. */
export const watchThread = (db, { terc, thread }, changed, failed) => watch(db, terc, [ofThread(db, terc, thread)], changed, failed);

function watch(db, terc, queries, changed, failed) {
  let municipality = null;
  const found = queries.map(() => null);
  let turn = 0;
  const judge = async () => {
    const mine = ++turn;
    if (!municipality || found.includes(null) || keysMayBeOld(municipality, found)) return;
    const town = await townOf(terc, municipality, found);
    if (mine === turn) changed(town);
  };
  const read = () => judge().catch(failed);
  const stops = [
    onSnapshot(doc(db, 'municipalities', terc), LISTEN, (snapshot) => ((municipality = snapshot), read()), failed),
    ...queries.map((one, index) => onSnapshot(one, LISTEN, (snapshot) => ((found[index] = snapshot), read()), failed)),
  ];
  return () => {
    turn = Infinity;
    stops.forEach((stop) => stop());
  };
}

/** A new alert must not be judged by the keys of last time. */
const keysMayBeOld = (municipality, found) => municipality.metadata.fromCache && found.some(({ metadata }) => !metadata.fromCache);

const isFromPhone = (found) => found.some(({ metadata }) => metadata.fromCache);

async function townOf(terc, municipality, found) {
  const { name = '', keys = [], languages = [] } = municipality.data() ?? {};
  const documents = new Map(found.flatMap(({ docs }) => docs).map((one) => [one.id, one]));
  const alerts = await Promise.all([...documents.values()].map((one) => readAlert(one.id, one.data(), { terc, keys })));
  return { terc, name, languages, alerts, fromPhone: isFromPhone(found) };
}
