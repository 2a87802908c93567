// The text of an alert from a template and its facts; shared/domain/facts/render.py makes the same.

import { factRules } from '../api/vocabulary.js';
import { piecesOf } from './gaps.js';
import { factNamed, isAsked, isGiven } from './given.js';
import { plainly } from './plainly.js';
import { said } from './said.js';

/** @typedef {{template: any, facts: Record<string, any>, language: string, now: Date, most: number}} Saying */

function gapOf({ fact: name, form, asks }, saying) {
  const { template, facts } = saying;
  const fact = factNamed(template, name);
  if (!fact) return null;
  const given = isGiven(template, fact, facts);
  if (asks) return given === (asks === '?') ? '' : null;
  if (!given) return fact.required && isAsked(template, fact, facts) ? factRules().unknown : null;
  return said(fact.type, form, facts[name], saying);
}

/** @returns {string | null} null as soon as a fact is not given */
function say(pieces, saying) {
  const parts = pieces.map((piece) => {
    if (typeof piece === 'string') return piece;
    return 'pieces' in piece ? (say(piece.pieces, saying) ?? '') : gapOf(piece, saying);
  });
  return parts.includes(null) ? null : parts.join('');
}

function sentence(text, saying) {
  const clean = plainly(say(piecesOf(text), saying) ?? '');
  const [first = ''] = clean;
  return first.toUpperCase() + clean.slice(first.length);
}

/** @param {string[]} sentences an empty one parts paragraphs @param {Saying} saying */
function textOf(sentences, saying) {
  /** @type {string[][]} */
  const paragraphs = [[]];
  for (const text of sentences) {
    const told = text && sentence(text, saying);
    if (!text) paragraphs.push([]);
    else if (told) paragraphs.at(-1)?.push(told);
  }
  return paragraphs.filter((told) => told.length).map((told) => told.join(' ')).join('\n\n');
}

/** As many names as leave the title within its limit. @returns {[Saying, string]} */
function titled(text, saying) {
  const { most_names: names, title_longest: longest } = factRules();
  for (let most = names; ; most -= 1) {
    const title = sentence(text, { ...saying, most });
    if ([...title].length <= longest || most <= 1) return [{ ...saying, most }, title];
  }
}

/**
 * @param {any} template as GET /api/templates lists it
 * @param {Record<string, any>} facts by name
 * @param {string} language
 * @param {Date} now when the alert goes out
 * @returns {{title: string, body: string, instruction: string} | null} null of a language that the template has not;
 *   a fact that is needed and missing is said as "…"
 */
export function render(template, facts, language, now = new Date()) {
  const wording = template.texts[language];
  if (!wording || !factRules().languages[language]) return null;
  const [saying, title] = titled(wording.title, { template, facts, language, now, most: 0 });
  return { title, body: textOf(wording.body, saying), instruction: textOf(wording.instruction ?? [], saying) };
}

/** A field that is one line for all languages; "" when a fact of it is not given. */
export const lineOf = (template, text, facts, now = new Date()) => sentence(text, { template, facts, language: factRules().first, now, most: factRules().most_names });
