// Somebody's first visit of the residents' app in Firefox, over WebDriver BiDi, and the next start.
//
//   node tests/residents/firefox.mjs ADDRESS FIREFOX
//
// Prints one JSON object: the headings of `welcome`, of the step of the `address`, of the `list` at the next start with its `tabs`,
// and `faults`, what scripts threw meanwhile.

import { launch } from 'puppeteer-core';

const PATIENCE = 120_000; // ms
const POLISH = { 'intl.accept_languages': 'pl-PL,pl' };

const LIST = '.tabs__link[href="/"][aria-current="page"]';

const [address, executablePath] = process.argv.slice(2);
const firefox = await launch({ browser: 'firefox', executablePath, headless: true, extraPrefsFirefox: POLISH, timeout: PATIENCE, protocolTimeout: PATIENCE });
const faults = [];
const failed = []; // requests, to say what was the matter

async function opened() {
  const page = await firefox.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('requestfailed', (request) => failed.push(`${request.url()} ${request.failure()?.errorText}`));
  await page.goto(address);
  return page;
}

async function heading(page, beside) {
  await Promise.all([beside, 'main h1'].map((one) => page.waitForSelector(one))).catch(async (error) => {
    const shown = await page.$eval('body', (body) => body.innerText);
    throw new Error([error.message, shown, ...faults, ...failed].join('\n'));
  });
  return page.$eval('main h1', (element) => element.textContent.trim());
}

try {
  const first = await opened();
  const welcome = await heading(first, '#begin');
  await first.click('#consent');
  await first.click('#begin');
  const step = await heading(first, '.tabs');
  for (const path of ['/app/notifications', '/']) {
    const button = await first.waitForSelector('#skip-step, #go-on');
    await button.evaluate((element) => element.click()); // wherever it moves to while the view is drawn
    await first.waitForFunction(`location.pathname === '${path}'`);
  }
  await heading(first, LIST);
  await first.close();
  const next = await opened();
  const list = await heading(next, LIST);
  const tabs = await next.$$eval('.tabs__link', (links) => links.length);
  console.log(JSON.stringify({ welcome, address: step, list, tabs, faults }));
} finally {
  await firefox.close();
}
