// How long texts may be, and how far one push carries them: counted as the server does (shared/channels/push/text.py).

const encoder = new TextEncoder();

export const PUSH_BYTES = 3196; // title and body in a payload of 4,096 bytes, beside all else (shared/channels/push/message.py)

const ELLIPSIS = '…';
const NEAR = 30; // characters: a word that began no farther back is left out whole
const POLISH = 1.1; // bytes to a character of Polish prose
const SPACE = /\p{White_Space}/u;

const segmenter = new Intl.Segmenter(); // characters as people see them: an emoji with its joiners, a flag

/** Bytes inside a JSON string: quotes and line breaks take two. */
export const bytes = (text) => encoder.encode(JSON.stringify(text)).length - 2;

/** Characters as the API counts them: code points, of a clean text. */
export const codePoints = (text) => [...text].length;

/** Where each character that fits into the space (bytes) ends. */
function* ends(body, space) {
  let left = space;
  for (const { segment, index } of segmenter.segment(body)) {
    left -= bytes(segment);
    if (left < 0) return;
    yield index + segment.length;
  }
}

const behindWord = (body, end) => end > 0 && SPACE.test(body[end]) && !SPACE.test(body[end - 1]);

/** The last end that stands behind a word, when one is near. */
function atWord(body, found) {
  const last = found.at(-1);
  const isNear = (end) => [...body.slice(end, last)].length <= NEAR;
  return found.slice(-NEAR - 1).findLast((end) => isNear(end) && behindWord(body, end)) ?? last;
}

/**
 * How many characters of the body a push carries beside the title; null: all of them.
 * @param {{title: string, body: string}} text as it is sent, the title with its mark
 * @returns {number | null} code points, as the API's `carried.push`
 */
export function carried({ title, body }) {
  const left = PUSH_BYTES - bytes(title);
  if (bytes(body) <= left) return null;
  return [...body.slice(0, atWord(body, [0, ...ends(body, left - bytes(ELLIPSIS))]))].length;
}

/** Characters that about fit into the bytes left, by tens. */
const characters = (left) => Math.floor(left / POLISH / 10) * 10;

/**
 * @param {{title: string, body: string}} text clean
 * @param {string} mark what the title begins with when it is sent
 * @returns {{more: number, carried: number | null}} about how many more characters the push carries, and how many of the
 *   body it does when that is not all
 */
export function room({ title, body }, mark = '') {
  const sent = { title: mark + title, body };
  return { more: characters(PUSH_BYTES - bytes(sent.title) - bytes(sent.body)), carried: carried(sent) };
}
