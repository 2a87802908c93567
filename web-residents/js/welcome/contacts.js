// Whom to ask: what the municipalities of my places say about themselves.

import { doc, getDoc } from '../../vendor/firebase.js';
import { currentPlaces } from '../places/store.js';
import { locate } from '../alerts/whereabouts.js';

const tercsOf = async ({ local }, places) => {
  let tercs = [];
  await locate(local, places, (located) => (tercs = located.flatMap((place) => place.tercs)));
  return [...new Set(tercs)];
};

async function contactOf(db, terc) {
  const data = (await getDoc(doc(db, 'municipalities', terc))).data();
  return data?.contact ? { name: data.name, contact: data.contact } : null;
}

/**
 * @returns {Promise<{name: string, contact: {phone?: string, email?: string, address?: string, dpo?: string}}[]>} of those
 *   that give any
 */
export async function contactsOf(app) {
  const tercs = await tercsOf(app, await currentPlaces(app.session));
  return (await Promise.all(tercs.map((terc) => contactOf(app.session.db, terc)))).filter(Boolean);
}
