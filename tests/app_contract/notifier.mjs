// The residents' web app's own logic, asked as `--notifications` asks any app's: steps on stdin, answers on stdout.

import { arrival } from '../../web-residents/sw/arrival.js';
import { judged, manner, revised } from '../../web-residents/sw/judge.js';

const steps = JSON.parse(await new Promise((resolve) => {
  let text = '';
  process.stdin.on('data', (part) => (text += part)).on('end', () => resolve(text));
}));
const seen = new Map();

/** The site and the clock as the step has them; there is no database. */
function play({ now, answer, municipality }) {
  Date.now = () => Date.parse(now);
  globalThis.fetch = async (address) => {
    if (address.startsWith('/icon.svg')) return new Response(null, { headers: { date: new Date(now).toUTCString() } });
    if (address === '/municipalities.json') return Response.json({ municipalities: [municipality] });
    if (!answer) throw new TypeError('no network');
    return new Response(answer.body, { status: answer.status });
  };
}

/** As sw/receive.js does. */
async function take(step) {
  play(step);
  const { push } = step;
  const before = seen.get(push.thread);
  const version = Number(push.version);
  const { time, content } = await arrival(push);
  const says = revised(judged(before, push, time), push, content);
  if (says !== 'repeat') seen.set(push.thread, { version, again: push.sound === 'again' || (before?.version === version && before.again) });
  return { says, sounds: !manner(says, push).silent };
}

const answers = [];
for (const step of steps) answers.push(await take(step));
process.stdout.write(JSON.stringify(answers));
