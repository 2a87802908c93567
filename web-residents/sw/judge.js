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

/** Sound and renewal of the notification, by what the push is. */
export function manner(judgement, data) {
  const silent = data.sound === 'off' || judgement === 'repeat' || judgement === 'over';
  return { silent, renotify: !silent && judgement !== 'first' };
}
