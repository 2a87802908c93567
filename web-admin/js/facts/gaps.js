// A template's text taken apart, as shared/domain/facts/gaps.py does it: {until} is a gap, {until:date} one that is said in a
// form; {tanker?} says nothing and asks that the fact is given, {until!} that it is not; [, od {from}] vanishes alone.

const TOKEN = /\{([a-z][a-z0-9_]{0,39})(?::([a-z]+)|([?!]))?\}|([{}[\]])/g;

/** @typedef {{fact: string, form: string, asks: string}} Gap @typedef {string | Gap | {pieces: Piece[]}} Piece */

/** A brace or bracket that has no partner, or braces around what is no gap; `near`: what stands there. */
export class BrokenText extends Error {
  constructor(near) {
    super(near);
    this.near = near;
  }
}

const near = (text, at) => [...text.slice(at)].slice(0, 20).join('');

/** @param {string} text @returns {Piece[]} @throws {BrokenText} */
export function piecesOf(text) {
  /** @type {Piece[]} */
  const found = [];
  /** @type {{pieces: Piece[], at: number} | null} */
  let inside = null;
  let end = 0;
  for (const token of text.matchAll(TOKEN)) {
    const into = inside?.pieces ?? found;
    if (token.index > end) into.push(text.slice(end, token.index));
    end = token.index + token[0].length;
    if (token[1]) into.push({ fact: token[1], form: token[2] ?? '', asks: token[3] ?? '' });
    else if (token[4] === '[' && !inside) inside = { pieces: [], at: token.index };
    else if (token[4] === ']' && inside) {
      found.push({ pieces: inside.pieces });
      inside = null;
    } else throw new BrokenText(near(text, token.index));
  }
  if (inside) throw new BrokenText(near(text, inside.at));
  return end < text.length ? [...found, text.slice(end)] : found;
}

/** @param {Piece[]} pieces @returns {Gap[]} */
export const gapsIn = (pieces) => pieces.flatMap((piece) => (typeof piece === 'string' ? [] : 'pieces' in piece ? gapsIn(piece.pieces) : [piece]));
