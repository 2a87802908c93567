// The notices of everything that is bundled, whatever brought it in: a licence's one condition is that it goes along.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const LICENSE_FILE = /^(licen[cs]e|copying)/i;
const OF_PACKAGE = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//;

// Of packages that name their licence and bring no text of it. Apache 2.0 asks for a copy of the whole.
const TEXT_OF = {
  'Apache-2.0': async (root) => readFile(join(root, 'node_modules/h3-js/LICENSE'), 'utf8'),
  MIT: async (_, author) => `MIT License

Copyright (c) ${author}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software
is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES
OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR
IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`,
};

/** Folders of the packages that a build with `metafile` read, relative to the root: more than what is left after it. */
export function bundled({ metafile }) {
  const read = Object.keys(metafile.inputs).map((path) => OF_PACKAGE.exec(path)?.[1]);
  return new Set(read.filter(Boolean));
}

/** The text of LICENSES.txt; packages with the same text stand above it together. @param {Iterable<string>} folders */
export async function notices(root, folders) {
  const byText = new Map();
  for (const folder of [...folders].sort()) {
    const { name, text } = await notice(root, folder);
    byText.set(text, [...(byText.get(text) ?? []), name]);
  }
  const parts = [...byText].map(([text, names]) => `${[...new Set(names)].join('\n')}\n\n${text.trim()}\n`);
  return parts.join(`\n${'-'.repeat(72)}\n\n`);
}

async function notice(root, folder) {
  const { name, license, author } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
  const file = (await readdir(join(root, folder))).find((one) => LICENSE_FILE.test(one));
  if (file) return { name, text: await readFile(join(root, folder, file), 'utf8') };
  if (!TEXT_OF[license]) throw new Error(`${name} has no licence file: give the text of ${license} in infra/vendor_notices.mjs`);
  return { name, text: await TEXT_OF[license](root, author?.name ?? author) };
}
