// How far the caller's own roles reach, as far as the pages need to know: the API judges each act itself.

const WRITING = ['author', 'crisis'];

/**
 * Templates that the caller's alerts must come from.
 * @param {{roles: string[], scopes?: Record<string, {templates: string[] | null}>}} me @returns {string[] | null} null: they write freely
 */
export function boundTo({ roles, scopes = {} }) {
  const named = roles.filter((role) => WRITING.includes(role)).map((role) => scopes[role]?.templates ?? null);
  return named.length && named.every(Boolean) ? [...new Set(named.flat())].filter((one) => one !== null) : null;
}
