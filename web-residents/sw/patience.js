// Waiting for what may never answer: a network, a browser's database, a push service.

/**
 * @template T
 * @param {number} milliseconds
 * @param {Promise<T>} work goes on when nobody waits for it any more
 * @param {T} [otherwise] the answer when it takes longer
 * @returns {Promise<T | undefined>} rejected when the work fails in time
 */
export async function within(milliseconds, work, otherwise) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds, otherwise)));
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
