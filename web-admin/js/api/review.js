// The yearly review of who may do what.

import { Garbled, request } from './request.js';

/**
 * @typedef {{uid: string, name: string, email: string, kind: string, state: string, roles: string[], scopes: Record<string, any>,
 *   key: boolean, last: string | null}} Reviewed
 * @typedef {{at: string, people: Reviewed[], digest: string, signed: string | null, signed_by: string, due: boolean,
 *   sealed: {exists: boolean, tried: string | null, due: boolean}}} Review
 */

const read = ({ body }) => {
  if (!Array.isArray(body.people)) throw new Garbled('not a review');
  return body;
};

/** @returns {Promise<Review>} */
export const review = async () => read(await request('GET', '/access-review'));

/** @param {string} digest of the list that is shown @returns {Promise<Review>} */
export const signReview = async (digest) => read(await request('POST', '/access-review', { body: { digest } }));
