// Quiet hours while they are typed: stored only when both are there and differ.

const FIRST = { from: '22:00', to: '06:00' };
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * @param {{from: string, to: string}} hours
 * @returns {string | null} key of the words for what is wrong
 */
export function faultOf({ from, to }) {
  if (!CLOCK.test(from) || !CLOCK.test(to)) return 'settings.quiet.error.missing';
  return from === to ? 'settings.quiet.error.same' : null;
}

/** @param {(hours: {from: string, to: string} | null) => void} store null: no quiet hours */
export function createQuiet(store) {
  let typed = null; // what is in the fields while it is wrong
  return {
    /** @param {{from: string, to: string} | null} stored */
    shown: (stored) => ({ on: Boolean(typed ?? stored), hours: typed ?? stored ?? FIRST, fault: typed ? faultOf(typed) : null }),
    turn(on) {
      typed = null;
      store(on ? FIRST : null);
    },
    /** @returns {string | null} as `faultOf` */
    edit(hours) {
      const fault = faultOf(hours);
      typed = fault ? hours : null;
      if (!fault) store(hours);
      return fault;
    },
  };
}
