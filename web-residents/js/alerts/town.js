// What one municipality publishes: at once as the phone knows it, then as the site says it, again and again.

import { askList, keepList, keptList } from '../session/answers.js';
import { keepAsking } from './asking.js';
import { joined, recalled } from './joining.js';

/**
 * @typedef {{terc: string, name: string, languages: string[], alerts: import('./reading.js').Alert[], fromPhone: boolean, made: number}} Town
 *   `fromPhone`: the server has not said anything yet, or not lately; `made`: ms, when it wrote what it said last
 */

/**
 * @param {string} terc
 * @param {(town: Town) => void} changed called with every answer, and when there was none, as far as anything is known
 * @returns {() => void} ends it
 */
export const watchTown = (terc, changed) =>
  watchAnswers({ ask: () => askList(terc), recall: () => keptList(terc), keep: (answer) => keepList(terc, answer) }, changed);

/**
 * @typedef {import('../session/answers.js').Kept} Kept
 * @param {{ask: () => Promise<import('../session/answers.js').Answer>, recall: () => Promise<Kept | null | undefined>,
 *   keep: (answer: Kept) => Promise<void>}} source
 * @param {(town: Town) => void} changed
 * @param {(error: any) => void} [unanswered] called with each failure, while nothing is known at all
 * @returns {() => void} ends it
 */
export function watchAnswers({ ask, recall, keep }, changed, unanswered = () => {}) {
  let known = /** @type {import('./joining.js').Joined | null} */ (null);
  let said = ''; // the answer before
  let closed = false;
  const tell = (fromPhone) => !closed && known && changed(townOf(known, fromPhone));

  const remember = async () => {
    const kept = await recall();
    if (kept) known = await recalled(kept);
    tell(true);
  };
  const remembered = remember().catch(console.error); // what the browser kept may be broken
  const learn = async (answer) => {
    const learnt = await joined(known?.kept, answer);
    known = learnt;
    if (!closed) keep(learnt.kept).catch(console.error);
    return learnt;
  };
  const take = async (answer) => {
    await remembered;
    const text = JSON.stringify([answer.office, answer.sealed]);
    const same = text === said && known && !known.behind ? known : null;
    if (same) same.kept.made = Math.max(same.kept.made, answer.made);
    const { behind } = same ?? (await learn(answer));
    said = text;
    tell(answer.old || behind);
  };
  const stop = keepAsking(async () => {
    try {
      await take(await ask());
    } catch (error) {
      await remembered;
      tell(true);
      if (!known && !closed) unanswered(error);
      throw error;
    }
  });
  return () => {
    closed = true;
    stop();
  };
}

const townOf = ({ kept: { office, made }, alerts }, fromPhone) => ({ terc: office.terc, name: office.name, languages: office.languages, alerts, fromPhone, made });
