// The alerts that the list shows, asked for in as few pages as the API allows.

import { list } from '../api/alerts.js';

export const PAGE = 20;
const LARGEST = 100; // openapi.yaml, listAlerts
export const MOST_OPEN = 300; // of what is not over
export const MOST_SEARCHED = 500;

/**
 * @param {string[]} states none: all
 * @param {number} most
 * @returns {Promise<{items: any[], unreadable: number, more: boolean}>} newest change first
 */
export async function newest(states, most) {
  let items = [];
  let unreadable = 0;
  let after = null;
  do {
    const answer = await list({ states, after, limit: Math.min(LARGEST, most - items.length) });
    items = [...items, ...answer.items];
    unreadable += answer.unreadable;
    after = answer.next;
  } while (after && items.length < most);
  return { items, unreadable, more: Boolean(after) };
}
