// Follows the stand-in in which somebody acts: until when, and when it is over.

import { standIns } from '../api/people.js';
import { Problem } from '../api/request.js';
import { polling } from '../shell/polling.js';

const OFTEN = 60_000; // ms: somebody can end it before its time
const SOON = 1000; // ms after its time, or where no time is known

/** @typedef {import('../api/people.js').StandIn} StandIn */

/** @param {StandIn | null} agreement @returns {number} ms until it is asked about again */
function wait(agreement) {
  if (!agreement?.ends || agreement.late) return OFTEN;
  return Math.min(OFTEN, Math.max(0, Date.parse(agreement.ends) - Date.now()) + SOON);
}

/** None any more: whoever stands in nowhere has no part there. @param {string} terc @returns {Promise<StandIn | null>} */
async function agreementOf(terc) {
  try {
    const { naming } = await standIns();
    return naming.find((one) => one.terc === terc && one.runs) ?? null;
  } catch (error) {
    if (error instanceof Problem && error.status === 403) return null;
    throw error;
  }
}

/**
 * @param {string} terc where one acts @param {{onKnown: (agreement: StandIn) => void, onOver: () => void}} listeners
 * @returns {{close: () => void}}
 */
export function followStandIn(terc, { onKnown, onOver }) {
  return polling(async () => {
    const found = await agreementOf(terc);
    if (found) onKnown(found);
    else onOver();
    return found && wait(found);
  }, 0);
}
