// The resident's own document: language and what they wish to be spared.

import { doc, onSnapshot, serverTimestamp, setDoc } from '../../vendor/firebase.js';
import { language as spoken } from '../i18n/words.js';

/**
 * @typedef {{language: string, muted: string[], least_severity: string,
 *   quiet_hours: {from: string, to: string} | null}} Preferences `least_severity` "Minor": everything
 */

const reference = ({ db, uid }) => doc(db, 'residents', uid);

/** @returns {Preferences} what is not in the document as if nothing was asked */
const preferencesOf = ({ language = spoken(), muted = [], least_severity = 'Minor', quiet_hours = null }) => ({ language, muted, least_severity, quiet_hours });

/** What is the default is not stored. */
const stored = ({ language, muted, least_severity, quiet_hours }) => ({
  language,
  ...(muted.length ? { muted } : {}),
  ...(least_severity === 'Minor' ? {} : { least_severity }),
  ...(quiet_hours ? { quiet_hours } : {}),
});

/**
 * @param {(preferences: Preferences, waiting: boolean) => void} listener called once they are known, to the server or the phone, and
 *   after every change; `waiting`: a change has not reached the server
 * @param {(error: Error) => void} failed
 * @returns {() => void} ends it
 */
export const watchResident = (session, listener, failed) =>
  onSnapshot(
    reference(session),
    { includeMetadataChanges: true },
    (snapshot) => {
      const { fromCache, hasPendingWrites } = snapshot.metadata;
      if (snapshot.exists() || !fromCache) listener(preferencesOf(snapshot.data() ?? {}), hasPendingWrites);
    },
    failed,
  );

/**
 * Resolves when the server has it; while there is no network, it waits on the phone.
 * @param {Preferences} preferences
 * @throws what the rules refuse: `code` "permission-denied"
 */
export const saveResident = (session, preferences) =>
  setDoc(reference(session), { ...stored(preferences), seen: serverTimestamp(), updated: serverTimestamp() });
