// What a signed text says (shared/formats/signed_alert.py writes it). Keys that this reader does not know are left alone,
// words that it does not know are read as they are: a later release may have added them.

const MAJOR = '1'; // of `form`; a text without it is of 1.0
const WORD = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/; // shared/domain/words.py
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

const isText = (value) => typeof value === 'string';
const isWord = (value) => isText(value) && WORD.test(value);
const isNumber = (value) => Number.isInteger(value);
const isTime = (value) => isText(value) && TIME.test(value) && !Number.isNaN(Date.parse(value));
const isFlag = (value) => typeof value === 'boolean';
const areTexts = (texts) =>
  isText(texts.pl.title) &&
  Object.values(texts).every(({ title, body, instruction }) => isText(title) && isText(body) && isGiven(isText, instruction));

/** Of a key that may be left out. */
const isGiven = (check, value) => value === undefined || value === null || check(value);

const isCovered = ({ code, name, inside, total }) => isText(code) && isText(name) && isNumber(inside) && isNumber(total);

/** What an area covers by name; a signed text may come from anybody. */
export const areCovers = (covers) =>
  typeof covers === 'object' &&
  covers !== null &&
  [covers.inside, covers.total, covers.more ?? 0, covers.more_inside ?? 0].every(isNumber) &&
  Array.isArray(covers.names) &&
  covers.names.every((name) => typeof name === 'object' && name !== null && isCovered(name));

const every = (check, names) => names.map((name) => [name, check]);

const REQUIRED = [
  ...every(isWord, ['kind', 'state', 'category', 'severity']),
  ...every(isText, ['alert', 'area', 'area_name', 'key', 'terc', 'thread']),
  ...every(isNumber, ['revision', 'version']),
  ...every(isTime, ['expires', 'sent', 'signed_at']),
  ['exercise', isFlag],
  ['texts', areTexts],
];
const OPTIONAL = [
  ...every(isWord, ['group', 'event', 'urgency', 'certainty', 'response']),
  ...every(isTime, ['cancelled', 'event_ends', 'meant_for', 'next_info']),
  ...every(isText, ['source', 'contact', 'on_behalf']),
  ['covers', areCovers],
];

/**
 * @param {string} signed
 * @returns {object | null} null when it is no alert of this form
 */
export function contentOf(signed) {
  try {
    const content = JSON.parse(signed);
    return isContent(content) ? content : null;
  } catch {
    return null;
  }
}

const isContent = (content) =>
  String(content.form ?? MAJOR).split('.')[0] === MAJOR &&
  REQUIRED.every(([name, check]) => check(content[name])) &&
  OPTIONAL.every(([name, check]) => isGiven(check, content[name]));
