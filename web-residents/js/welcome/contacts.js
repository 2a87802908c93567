// Whom to ask: what the municipalities of my places say about themselves.

import { doc, getDoc } from '../../vendor/firebase.js';
import { watchLocated } from '../alerts/whereabouts.js';

/** @typedef {{name: string, contact: {phone?: string, email?: string, address?: string, dpo?: string}}} Office */

async function officeOf(db, terc) {
  const data = (await getDoc(doc(db, 'municipalities', terc))).data();
  return data?.contact ? { name: data.name, contact: data.contact } : null;
}

const officesOf = async (db, tercs) => (await Promise.all(tercs.map((terc) => officeOf(db, terc)))).filter(Boolean);

/**
 * @param {(offices: Office[]) => void} changed called with those that say how to reach them
 * @param {(error: Error) => void} failed
 * @returns {() => void} ends it
 */
export function watchOffices(app, changed, failed) {
  const seen = (located) => {
    const tercs = [...new Set(located.flatMap((place) => place.tercs))];
    officesOf(app.session.db, tercs).then(changed, failed);
  };
  return watchLocated(app, seen, failed);
}
