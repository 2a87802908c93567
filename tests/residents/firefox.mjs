// Somebody's first visit of the residents' app in Firefox, over WebDriver BiDi, and the next start.
//
//   node tests/residents/firefox.mjs ADDRESS FIREFOX
//
// Prints one JSON object: the headings of `welcome`, of the step of the `address`, of the `list` at the next start with its `tabs`,
// and `faults`, what scripts threw meanwhile.

import { launch } from 'puppeteer-core';

const PATIENCE = 120_000; // ms
const POLISH = { 'intl.accept_languages': 'pl-PL,pl' };

const [address, executablePath] = process.argv.slice(2);
const firefox = await launch({ browser: 'firefox', executablePath, headless: true, extraPrefsFirefox: POLISH, timeout: PATIENCE, protocolTimeout: PATIENCE });
const faults = [];

async function opened() {
  const page = await firefox.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on('pageerror', ({ message }) => faults.push(message));
  await page.goto(address);
  return page;
}

async function heading(page, beside) {
  await page.waitForSelector(beside);
  return page.$eval('main h1', (element) => element.textContent.trim());
}

try {
  const first = await opened();
  const welcome = await heading(first, '#begin');
  await first.click('#consent');
  await first.click('#begin');
  const step = await heading(first, '.tabs');
  for (const path of ['/app/notifications', '/']) {
    await first.click('#skip-step, #go-on');
    await first.waitForFunction(`location.pathname === '${path}'`);
  }
  await heading(first, '#now');
  await first.close();
  const next = await opened();
  const list = await heading(next, '#now');
  const tabs = await next.$$eval('.tabs__link', (links) => links.length);
  console.log(JSON.stringify({ welcome, address: step, list, tabs, faults }));
} finally {
  await firefox.close();
}
