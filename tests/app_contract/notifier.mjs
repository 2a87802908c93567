// The residents' web app's own logic, asked as `--notifications` asks any app's: steps on stdin, answers on stdout.

import { judged, manner } from '../../web-residents/sw/judge.js';

const steps = JSON.parse(await new Promise((resolve) => {
  let text = '';
  process.stdin.on('data', (part) => (text += part)).on('end', () => resolve(text));
}));
const seen = new Map();

/** As sw/receive.js remembers. */
function take({ push, now }) {
  const before = seen.get(push.thread);
  const version = Number(push.version);
  const says = judged(before, push, Date.parse(now));
  if (says !== 'repeat') seen.set(push.thread, { version, again: push.sound === 'again' || (before?.version === version && before.again) });
  return { says, sounds: !manner(says, push).silent };
}

process.stdout.write(JSON.stringify(steps.map(take)));
