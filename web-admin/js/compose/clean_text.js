// A text as people paste it, made one that reads the same everywhere: as the API does it, by the same table
// (shared/entry_rules.json, shared/domain/clean_text.py), so that what is counted here is what is saved.

import { entryRules } from '../api/vocabulary.js';

const point = (hex) => `\\u{${hex}}`;

/** "00AD 2060-2065" as a character class of a regular expression. */
const classOf = (points) => `[${points.split(' ').map((one) => one.split('-').map(point).join('-')).join('')}]`;

const everywhere = (source) => new RegExp(source, 'gu');
const replacements = (entries) => entries.map(({ from, by }) => [everywhere(classOf(from)), by]);

function compiled(texts) {
  const [joiners, joined, white] = [texts.joiners, texts.joined, texts.white].map(classOf);
  const { base, within, end, all } = Object.fromEntries(Object.entries(texts.tags).map(([name, points]) => [name, classOf(points)]));
  return {
    replaced: [
      [everywhere(`\\r\\n|${classOf(texts.line_breaks)}`), '\n'],
      [everywhere(classOf(texts.spaces)), ' '],
      ...replacements(texts.replaced),
      [everywhere(classOf(texts.removed)), ''],
    ],
    contact: replacements(texts.contact),
    tags: everywhere(`(${base}${within}+${end})|${all}`),
    joiners: everywhere(`(?<!${joined})${joiners}+|${joiners}+(?!${joined}|${joiners})`),
    joiner: new RegExp(joiners, 'u'),
    mark: new RegExp(`[${texts.marks.map((one) => `\\p{${one}}`).join('')}]`, 'u'),
    white: new RegExp(white, 'u'),
    ends: everywhere(`^${white}+|${white}+$`),
    visible: new RegExp(`[^${texts.invisible.map((one) => `\\p{${one}}`).join('')}]`, 'u'),
    most: texts.most_marks,
  };
}

/** @type {any} */
let known = null;

/** Of the vocabulary as it was learned last; null when the API has no table. */
function table() {
  const texts = entryRules()?.texts;
  if (texts && known?.texts !== texts) known = { texts, ...compiled(texts) };
  return texts ? known : null;
}

/** Without marks that stand on nothing, or on more marks than a letter has. */
function thinned(text, { mark, joiner, white, most }) {
  let marks = most; // at the beginning there is nothing to stand on
  return [...text]
    .filter((one) => {
      if (mark.test(one)) {
        marks += 1;
        return marks <= most;
      }
      if (!joiner.test(one)) marks = white.test(one) ? most : 0;
      return true;
    })
    .join('');
}

function paragraphs(text, rules) {
  const replaced = rules.replaced.reduce((found, [pattern, by]) => found.replace(pattern, by), text);
  const tagged = replaced.replace(rules.tags, (_, flag) => flag ?? '');
  const single = thinned(tagged.replace(rules.joiners, '').normalize('NFC'), rules);
  return single.replace(rules.joiners, '').normalize('NFC').replace(rules.ends, '');
}

const onOneLine = (text) => text.replace(/ *\n[ \n]*/g, ' ');

const OF_TYPE = {
  paragraphs,
  line: (text, rules) => onOneLine(paragraphs(text, rules)),
  contact: (text, rules) => rules.contact.reduce((found, [pattern, by]) => found.replace(pattern, by), OF_TYPE.line(text, rules)),
};

/**
 * @param {unknown} text @param {string} type of the field, as the API describes it
 * @returns {string} what the API would save of it; "" when nothing of it is seen
 */
export function cleaned(text, type = 'paragraphs') {
  const typed = String(text ?? '');
  const rules = table();
  if (!rules) return typed.trim();
  const clean = (OF_TYPE[type] ?? paragraphs)(typed, rules);
  return rules.visible.test(clean) ? clean : '';
}
