// A template as its form holds it: sentences a line each; and as the API takes it.

import { firstLanguage } from '../api/vocabulary.js';

const WHERE = { name: 'where', type: 'names', label: { pl: 'Gdzie', en: 'Where' }, required: true, needs: null, chips: [] };

export const emptyText = () => ({ title: '', body: '', instruction: '' });

/** @returns {any} what a new template begins with */
export const blank = () => ({
  name: { pl: '' },
  values: {},
  hours: 24,
  facts: [structuredClone(WHERE)],
  lines: {},
  follows: {},
  usual: {},
  hidden: false,
  texts: { pl: emptyText() },
});

const lines = (found = []) => found.join('\n');

/** What the API takes; whatever else it sends along, it does not take back. @param {any} template of the API @returns {any} */
export const modelOf = (template) => ({
  ...Object.fromEntries(Object.keys(blank()).map((name) => [name, structuredClone(template[name] ?? blank()[name])])),
  texts: Object.fromEntries(
    Object.entries(template.texts).map(([code, { title, body, instruction }]) => [code, { title, body: lines(body), instruction: lines(instruction) }]),
  ),
});

/** An empty line parts paragraphs, those at the ends nothing. @param {string} text @returns {string[]} */
function sentences(text) {
  const found = text.split('\n').map((line) => line.trim());
  const kept = found.filter((line, index) => line || (index > 0 && found[index - 1]));
  return kept.at(-1) === '' ? kept.slice(0, -1) : kept;
}

const written = ({ title, body, instruction }) => [title, body, instruction].some((part) => part.trim());

const textOf = ({ title, body, instruction }) => ({ title: title.trim(), body: sentences(body), instruction: sentences(instruction) });

const given = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== null));

const factOf = (fact) => ({ ...fact, label: given(fact.label), needs: fact.needs || null, chips: fact.chips.map((chip) => chip.trim()).filter(Boolean) });

/** @param {any} model @returns {any} the template as the API takes it */
export const templateOf = (model) => ({
  ...model,
  name: given(model.name),
  values: given(model.values),
  lines: given(model.lines),
  usual: given(model.usual),
  follows: Object.fromEntries(Object.entries(model.follows).filter(([, following]) => following?.fact)),
  facts: model.facts.map(factOf),
  texts: Object.fromEntries(Object.entries(model.texts).filter(([code, text]) => code === firstLanguage() || written(text)).map(([code, text]) => [code, textOf(text)])),
});

/** Steps of a pointer that name a field of the form; what lies deeper belongs to it. */
const DEPTHS = { texts: 3, chips: 3, label: 4 };

/** @param {string} pointer of the API's error @returns {string} the field's id */
export function fieldAt(pointer) {
  const steps = pointer.split('/').slice(1);
  if (!steps.length) return 'failure';
  if (steps[0] === 'texts' && steps.length === 2) return `texts-${steps[1]}-title`;
  return steps.slice(0, DEPTHS[steps[0]] ?? DEPTHS[steps[2]] ?? steps.length).join('-');
}

/** Letters, digits and lines alone: "Do której?" is "do_ktorej". @param {string} label */
export const factNameOf = (label) =>
  label
    .toLowerCase()
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_\d]+|_+$/g, '')
    .slice(0, 40);

const renamedIn = (text, before, after) => text.replace(new RegExp(`\\{${before}(?=[}:?!])`, 'g'), `{${after}`);

const mapped = (values, change) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

/** A fact's new name, wherever the template has it. @param {any} model @param {number} place @param {string} name @returns {any} */
export function renamed(model, place, name) {
  const before = model.facts[place].name;
  const facts = model.facts.map((fact, index) => (index === place ? { ...fact, name } : fact));
  if (!before || !name) return { ...model, facts };
  const said = (text) => renamedIn(text ?? '', before, name);
  return {
    ...model,
    facts: facts.map((fact) => (fact.needs === before ? { ...fact, needs: name } : fact)),
    texts: mapped(model.texts, (text) => mapped(text, said)),
    lines: mapped(model.lines, said),
    follows: mapped(model.follows, (following) => (following?.fact === before ? { ...following, fact: name } : following)),
  };
}
