// A place as a link: all of it stands behind the "#", which browsers send to no server.

import { isCell } from './cells.js';
import { dayProblem } from './until.js';

export const LONGEST_LABEL = 40; // characters, as firestore.rules says

const OURS = /\/app\/(visit|join)#(\S+)/; // what a host passes on, or a letter; an iPhone's home screen opens no links

/** Where a link leads that was pasted. @param {string} text @returns {string | null} null when it holds none of ours */
export function linkIn(text) {
  const [, view, fragment] = OURS.exec(text) ?? [];
  return view ? `/app/${view}#${fragment}` : null;
}

const CONTROLS = /[\p{Cc}\p{Cf}]/gu; // they could make a label read as something else

/** @param {string} origin @param {{cell: string, until: string | null}} place `until` as "YYYY-MM-DD"; what it is called stays with its owner */
export function linkTo(origin, { cell, until }) {
  const fields = new URLSearchParams({ cell, ...(until && { until }) });
  return `${origin}/app/visit#${fields}`;
}

/**
 * @param {string} fragment with or without "#"
 * @returns {Promise<{cell: string, label: string, until: string, problem?: undefined} |
 *   {problem: "empty" | "broken" | "over" | "far"}>} `until` is "" when the link names no last day
 */
export async function readLink(fragment, now = new Date()) {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const cell = fields.get('cell');
  if (!cell) return { problem: 'empty' };
  const label = (fields.get('label') ?? '').replace(CONTROLS, '').trim();
  const until = fields.get('until') ?? '';
  if (!(await isCell(cell)) || label.length > LONGEST_LABEL) return { problem: 'broken' };
  const problem = /** @type {any} */ ({ unreadable: 'broken', past: 'over', far: 'far' })[dayProblem(until, now) ?? ''];
  return problem ? { problem } : { cell, label, until };
}
