// A template that was not saved yet waits in this tab, so that a lost network or a wrong tap costs nothing.

/** @param {string} uid @param {string} id @param {string | null} etag what was changed: of another revision nothing is restored */
export function keptOf(uid, id, etag) {
  const key = `template:${uid}:${id}`;
  return {
    /** @returns {any} the form, null when nothing waits */
    read() {
      try {
        const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
        return kept?.etag === etag && Array.isArray(kept.model?.facts) && kept.model.texts?.pl ? kept.model : null;
      } catch {
        return null;
      }
    },
    /** @param {any} model */
    write(model) {
      try {
        sessionStorage.setItem(key, JSON.stringify({ etag, model }));
      } catch {
        // without room it is only not kept
      }
    },
    clear: () => sessionStorage.removeItem(key),
  };
}
