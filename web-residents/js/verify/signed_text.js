// What a signed text says (shared/formats/signed_alert.py writes it).

const ONE_OF = {
  kind: ['alert', 'update', 'correction', 'all_clear'],
  state: ['active', 'cancelled', 'expired'],
  category: ['failure', 'warning', 'disruption', 'event'],
  severity: ['Extreme', 'Severe', 'Moderate', 'Minor'],
};
const TEXTS = ['alert', 'area', 'area_name', 'key', 'terc', 'thread'];
const NUMBERS = ['revision', 'version'];
const TIMES = ['expires', 'sent', 'signed_at'];

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

const isText = (value) => typeof value === 'string';
const isTime = (value) => isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) && !Number.isNaN(Date.parse(value));

const isContent = (content) =>
  Object.entries(ONE_OF).every(([name, values]) => values.includes(content[name])) &&
  TEXTS.every((name) => isText(content[name])) &&
  NUMBERS.every((name) => Number.isInteger(content[name])) &&
  TIMES.every((name) => isTime(content[name])) &&
  (content.cancelled === null || isTime(content.cancelled)) &&
  typeof content.exercise === 'boolean' &&
  areTexts(content.texts);

const areTexts = (texts) =>
  isText(texts.pl.title) && Object.values(texts).every(({ title, body }) => isText(title) && isText(body));
