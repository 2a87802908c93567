// The steps of an alert's life in words: what was changed, what was not seen, and who did it.

import { fieldNamed } from '../api/vocabulary.js';
import { locale, t } from '../i18n/index.js';
import { formatTime } from '../time/warsaw.js';
import { label } from './labels.js';

/** "Title, Area": the fields that a step changed. @param {string} names */
const fieldNames = (names) =>
  names
    .split(', ')
    .map((name) => fieldNamed(name).label)
    .join(', ');

const UNSEEN = { reach: 'unseen.reach', map: 'unseen.map' };

const unseen = (parts) => parts.split(', ').map((part) => (UNSEEN[part] ? t(UNSEEN[part]) : part)).join(', ');

/** What else the history tells of a step. @param {Record<string, string>} step @returns {string[]} */
export const details = ({ changed, unseen: missed, all_the_same: unsaid, reason }) => [
  ...(changed ? [t('history.changed', { fields: fieldNames(changed) })] : []),
  ...(missed ? [t('history.unseen', { parts: unseen(missed) })] : []),
  ...(unsaid ? [t('history.unsaid')] : []),
  ...(reason ? [t('history.reason', { reason })] : []),
];

/**
 * Who did what to an alert since it had a revision; the system's steps raise none.
 * @param {any[] | null} entries @param {number} revision @param {{uid: string} | null} me @returns {string[]}
 */
export function changesIn(entries, revision, me) {
  const steps = (entries ?? []).filter(({ by }) => by);
  const since = steps.filter((one) => one.revision > revision);
  // Whoever goes on typing is told once: then it is the person of the last step.
  return (since.length ? since : steps.slice(-1)).map((step) => change(step, me));
}

function change({ action, at, by, details: more = {} }, me) {
  const who = by.uid === me?.uid ? t('conflict.you') : by.name;
  const what = [label('steps', action), ...details(more)].join(', ');
  return t('conflict.change', { who, time: formatTime(at, locale(), { timeStyle: 'short', dateStyle: 'medium' }), what });
}
