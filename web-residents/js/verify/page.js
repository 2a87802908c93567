// On the public page of an alert: verifies the signature, and that the page shows what was signed.
//
// functions/public_api/templates/alert.html has the marks: #verification with `data-alert` and `data-language`,
// #verification-result for the answer, #title, #body and, where there is one, #instruction with `lang` about them.

import { verify } from './verify.js';
import words from './words.js';

const letters = (text) => text.replace(/\s+/g, '');

const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

async function asked(address) {
  const answer = await fetch(address, { credentials: 'omit' });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** Blank space apart, which a page may change, the visible texts are those that were signed, all of them. */
function isShown({ texts }) {
  const language = /** @type {HTMLElement | null} */ (element('title').closest('[lang]'))?.lang ?? '';
  return ['title', 'body', 'instruction'].every((part) => {
    const shown = document.getElementById(part)?.textContent ?? '';
    return letters(shown) === letters(texts[language]?.[part] ?? '');
  });
}

/** @returns {Promise<{reason: string | null, name?: string}>} `reason` null: all is as it was signed */
async function judged(id) {
  const published = await asked(`/a/${id}.json`); // with its municipality's keys: all boundaries would be far more
  const { reason, content } = await verify(published, id, published.municipality);
  return { reason: reason ?? (isShown(content) ? null : 'altered'), name: published.municipality.name };
}

/** @param {HTMLElement} result @param {{reason: string | null, name?: string}} judgement @param {Function} say */
function show(result, { reason, name }, say) {
  const good = reason === null;
  result.classList.add(good ? 'good' : 'bad');
  const lines = good ? [say('verify.ok', { municipality: name })] : [`${say('verify.bad')}.`, say(`verify.${reason}`), say('verify.advice')];
  result.textContent = lines.join(' ');
}

async function start() {
  const { alert: id, language = 'pl' } = element('verification').dataset;
  const result = element('verification-result');
  const say = (key, values = {}) => (words[language] ?? words.pl)[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
  result.textContent = say('verify.checking');
  try {
    show(result, await judged(id), say);
  } catch (error) {
    console.error(error);
    result.textContent = say('verify.unavailable');
  }
}

start();
