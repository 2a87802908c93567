// A public page out of the phone's memory says so, and from when: it may have been cancelled since.

import { word } from './words.js';

const CONTENT = '<main id="content">';
const LANGUAGE = /<html lang="(\w+)"/;

/** @param {Response} copy of a page @returns {Promise<Response>} the page with a line above it */
export async function asCopy(copy) {
  if (!copy.headers.get('content-type')?.includes('html')) return copy;
  const page = await copy.text();
  const { headers, status } = copy;
  return new Response(page.replace(CONTENT, (begin) => begin + notice(LANGUAGE.exec(page)?.[1] ?? 'pl', headers.get('date'))), { headers, status });
}

const notice = (language, date) => `<p class="banner over" role="status" id="copy"><strong>${word(language, 'copy')} ${moment(language, date)}.</strong> ${word(language, 'copy_hint')}</p>`;

/** As the server's clock said when it was read. */
function moment(language, date) {
  const time = Date.parse(date ?? '');
  if (Number.isNaN(time)) return word(language, 'copy_earlier');
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Warsaw' }).format(time);
}
