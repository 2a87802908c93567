// Which alerts the resident asked to be spared; shared/domain/preferences.py decides what is sent.

const SEVERITIES = ['Extreme', 'Severe', 'Moderate', 'Minor'];

/** Whether the resident asked not to be sent such alerts (shared/domain/preferences.py). */
export function isMuted({ category, severity, exercise }, { muted = [], least_severity: least = 'Minor' }) {
  if (severity === 'Extreme' && !exercise) return false;
  return muted.includes(category) || SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(least);
}
