// Whether a push says something new. docs/app-developers.md, "The push".

/**
 * @typedef {{version: number, again: boolean, alert: string, at: number}} Seen the newest shown of a thread
 * @param {Seen | undefined} seen
 * @param {Record<string, string>} data of the push
 * @param {number} now ms
 * @returns {"over" | "first" | "newer" | "again" | "repeat"}
 */
export function judged(seen, data, now) {
  const version = Number(data.version);
  if (seen && version < seen.version) return 'repeat';
  if (seen && version === seen.version && !isFirstAgain(seen, data)) return 'repeat';
  if (Date.parse(data.expires) <= now) return 'over';
  if (!seen) return 'first';
  return version > seen.version ? 'newer' : 'again';
}

const isFirstAgain = (seen, data) => data.sound === 'again' && !seen.again;

const NEWS = ['first', 'newer', 'again'];

/**
 * What becomes of news that came late, by the alert's signed state: only a cancellation or a newer version takes its sound.
 * @param {string} judgement
 * @param {Record<string, string>} data of the push
 * @param {{thread: string, version: number, state: string} | null} content what the signed text says, when it can be believed
 * @returns {string} "cancelled" or "replaced", else the judgement as it was
 */
export function revised(judgement, data, content) {
  const version = Number(data.version);
  if (!content || !NEWS.includes(judgement) || content.thread !== data.thread || !(content.version >= version)) return judgement;
  if (content.state === 'cancelled') return 'cancelled';
  return content.version > version ? 'replaced' : judgement;
}

const SILENT = ['repeat', 'over', 'cancelled', 'replaced'];

/** Sound and renewal of the notification, by what the push is. */
export function manner(judgement, data) {
  const silent = data.sound === 'off' || SILENT.includes(judgement);
  return { silent, renotify: !silent && judgement !== 'first' };
}
