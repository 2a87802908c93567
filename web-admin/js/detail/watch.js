// Listens to one alert and its figures in Firestore.

import { doc, onSnapshot } from '../../vendor/firebase.js';

const date = (value) => value?.toDate?.().toISOString() ?? null;

/** The few fields that change by themselves while people look; the API has the rest. */
const progressOf = (data) => ({
  state: data.state,
  revision: data.revision,
  started: date(data.started),
});

const summaryOf = (data) => ({
  ...data,
  updated: date(data.updated),
  deliveries: (data.deliveries ?? []).map((one) => ({ ...one, due: date(one.due) })),
});

/**
 * @param {any} firestore
 * @param {string} id
 * @param {{onProgress: (progress: object) => void, onSummary: (summary: object) => void}} listeners
 * @returns {() => void} ends it
 */
export function watchAlert(firestore, id, { onProgress, onSummary }) {
  const listen = (path, read, listener) =>
    onSnapshot(
      doc(firestore, path),
      (snapshot) => snapshot.exists() && !snapshot.metadata.fromCache && listener(read(snapshot.data())),
      () => {}, // refused: the figures still come by the API
    );
  const ends = [
    listen(`alerts/${id}`, progressOf, onProgress),
    listen(`alerts/${id}/summary/current`, summaryOf, onSummary),
  ];
  return () => ends.forEach((end) => end());
}
