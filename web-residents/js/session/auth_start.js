// Auth asks its server before it says who is signed in. It waits half a minute for an answer, and takes one that it does
// not know ("busy", a gateway's) for the end of the account. At the start, neither may cost the resident what is on the
// phone: both count as no network, and then Auth goes by what it keeps.

const AUTH = /\/\/(identitytoolkit|securetoken)\.googleapis\.com\/|\/(identitytoolkit|securetoken)\.googleapis\.com\//;
const PATIENCE = 1_500; // ms
const SAYS = [200, 400]; // an answer about the account; all else is about the server

/**
 * @template T
 * @param {() => Promise<T>} work of Auth's, while it starts
 * @returns {Promise<T>}
 */
export async function withoutWaiting(work) {
  const network = globalThis.fetch;
  globalThis.fetch = (input, options) => (AUTH.test(String(input)) ? asked(network, input, options) : network(input, options));
  try {
    return await work();
  } finally {
    globalThis.fetch = network;
  }
}

async function asked(network, input, options) {
  const answer = await network(input, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  if (!SAYS.includes(answer.status)) throw new TypeError(`${answer.status}`);
  return answer;
}
