// Lighthouse on one address, as a phone on a slow network sees it; no other host is asked.
//
//   node tests/clients/lighthouse.mjs ADDRESS CHROMIUM [--slow-processor]
//
// --slow-processor: four times slower than this machine's, as Lighthouse takes a phone to be. Prints one
// JSON object: `scores` (0 to 100), `shortfalls` (what cost points, by category), `requests` (address and bytes as transferred, compressed) and `bytes`, their sum. Ends with 75 when the recording went wrong,
// which says nothing of the page: it is to be run again.

import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-proxy-server'];

// What lighthouse/core/lib/lh-error.js says of its recording and of its connection to the browser, not of the page.
const RECORDING = ['NO_TRACING_STARTED', 'NO_RESOURCE_REQUEST', 'NO_NAVSTART', 'NO_DCL', 'NO_SPEEDLINE_FRAMES', 'SPEEDINDEX_OF_ZERO',
  'NO_SCREENSHOTS', 'INVALID_SPEEDLINE', 'TRACING_ALREADY_STARTED', 'PARSING_PROBLEM', 'READ_FAILED', 'PROTOCOL_TIMEOUT', 'CRI_TIMEOUT'];
const AGAIN = 75; // EX_TEMPFAIL of sysexits.h

// Without it, that the machine has much else to do stands for the phone's slow processor.
const ASKED = process.argv.includes('--slow-processor') ? {} : { cpuSlowdownMultiplier: 1 };

const TOLD_BY = { 'cumulative-layout-shift': 'layout-shifts', 'largest-contentful-paint': 'largest-contentful-paint-element' };

const isShort = (audit) => audit.score !== null && audit.score < 1 && audit.scoreDisplayMode !== 'informative';

function shortfalls(report, category) {
  const counted = report.categories[category].auditRefs.filter(({ weight }) => weight > 0);
  const short = counted.map(({ id }) => report.audits[id]).filter(isShort);
  const found = (id) => named(report.audits[TOLD_BY[id] ?? id]?.details?.items ?? []);
  return Object.fromEntries(short.map(({ id, score, displayValue }) => [id, { score, displayValue, found: found(id) }]));
}

const named = (items) => items.slice(0, 5).map((item) => item.node?.snippet ?? item.description ?? item.url ?? item.source);

const byCategory = (value) => Object.fromEntries(CATEGORIES.map((category) => [category, value(category)]));

function summary(report) {
  const items = report.audits['network-requests'].details.items;
  const requests = items.map(({ url, transferSize }) => ({ url, bytes: transferSize }));
  return {
    scores: byCategory((category) => Math.round(report.categories[category].score * 100)),
    shortfalls: byCategory((category) => shortfalls(report, category)),
    requests,
    bytes: requests.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function failed({ code, message }) {
  console.error(`${address}: ${code}: ${message}`);
  process.exitCode = RECORDING.includes(code) ? AGAIN : 1;
}

const [address, chromePath] = process.argv.slice(2);
const chromium = await launch({ chromePath, chromeFlags: FLAGS, logLevel: 'silent' });
try {
  const { lhr } = await lighthouse(address, { port: chromium.port, onlyCategories: CATEGORIES, logLevel: 'error', throttling: ASKED });
  if (lhr.runtimeError) failed(lhr.runtimeError);
  else console.log(JSON.stringify(summary(lhr)));
} finally {
  chromium.kill();
}
