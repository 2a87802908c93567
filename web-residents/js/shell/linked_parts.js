// Telephone numbers and addresses in an office's text as something to tap. functions/public_api/linked.py has the same
// rules; tests/linked_texts.json holds both.

const FOUND = /https:\/\/[^\s<>"']+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d[\d ()-]*\d/g;
const TAIL = /[.,;:!?)\]}»”’]+$/; // belongs to the sentence
const CALLED = /(dzwoń|dzwonić|telefon|tel\.?|numer|nr|call|dial|phone|телефон\S*|дзвон\S*|номер)[\s:]*(pod|na|numer|nr|the|number|за|номер|номером)?[\s:]*$/i;
const EMERGENCY = /^(112|99[1-9]|98[1-9])$/;
const MONEY = /^\s*(zł|pln|eur|€|m²|km)/i;

/**
 * @param {string} text
 * @returns {(string | {href: string, text: string})[]} the text in parts
 */
export function linkedParts(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(FOUND)) {
    const shown = match[0].replace(TAIL, '');
    const href = hrefOf(shown, text.slice(0, match.index), text.slice(match.index + shown.length));
    if (!href) continue;
    parts.push(text.slice(from, match.index), { href, text: shown });
    from = match.index + shown.length;
  }
  return [...parts, text.slice(from)].filter(Boolean);
}

function hrefOf(shown, before, after) {
  if (shown.startsWith('https://')) return shown.length > 'https://'.length ? shown : null;
  if (shown.includes('@')) return `mailto:${shown}`;
  return isNumber(shown, before, after) ? `tel:${shown.replace(/[^\d+]/g, '')}` : null;
}

/** Nine digits of Poland, with or without its code; a short one only where the text says that one can call it. */
function isNumber(shown, before, after) {
  if (/[\w.,:/]$/.test(before) || /^[\w/]|^[.,:]\d/.test(after) || MONEY.test(after)) return false;
  const digits = shown.replace(/\D/g, '');
  if (EMERGENCY.test(shown)) return CALLED.test(before.slice(-30));
  return /^(?:(?:00)?48)?[1-9]\d{8}$/.test(digits) && (digits.length === 9 || /^(\+|00)/.test(shown));
}
