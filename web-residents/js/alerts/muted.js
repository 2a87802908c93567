// Which alerts the resident asked to be spared; shared/domain/preferences.py decides what is sent.

import vocabulary from '../../vendor/vocabulary.js';

const SEVERITIES = vocabulary.severities.map(({ value }) => value); // the gravest first

/**
 * Whether the resident asked not to be sent such alerts: by category or its group, or because they are not grave enough.
 * A severity of a later release is grave enough.
 */
export function isMuted({ category, group = null, severity, exercise }, { muted = [], least_severity: least = 'Minor' }) {
  if (severity === 'Extreme' && !exercise) return false;
  return muted.includes(category) || muted.includes(group) || SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(least);
}
