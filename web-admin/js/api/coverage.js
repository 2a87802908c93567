// How many addresses of the municipality have a phone (GET /api/coverage).

import { Garbled, request } from './request.js';

/**
 * @typedef {{codes: string[], name: string, locality: string, addresses: number, share: number}} Street
 * @typedef {{month: string, counted: string, addresses: number, share: number | null, streets: Street[], served: number,
 *   registered: number | null, joined: number | null, iphones: number | null, iphones_joined: number | null,
 *   silent: Record<string, number | null>}} Coverage
 */

/** @returns {Promise<Coverage | null>} null before the first month was counted */
export async function coverage() {
  const { body } = await request('GET', '/coverage');
  if (body.coverage && !Array.isArray(body.coverage.streets)) throw new Garbled('not a coverage');
  return body.coverage ?? null;
}
