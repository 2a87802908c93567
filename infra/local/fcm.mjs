// Stands in for Firebase Cloud Messaging: the HTTP v1 API over HTTP/2 and TLS, with its rules, errors and
// limits, on 127.0.0.1. It delivers nothing; it records what a phone would have got.
//
//   node infra/local/fcm.mjs --port P --control-port Q --cert F --key F --project ID --record FILE [--tokeninfo URL]

import {parseArgs} from 'node:util';

import {Behaviour} from './fcm/behaviour.mjs';
import {Control} from './fcm/control.mjs';
import {Credentials} from './fcm/credentials.mjs';
import {Endpoint} from './fcm/endpoint.mjs';
import {Record} from './fcm/record.mjs';

const REQUIRED = ['port', 'control-port', 'cert', 'key', 'project', 'record'];

function options() {
  const {values} = parseArgs({options: Object.fromEntries([...REQUIRED, 'tokeninfo'].map(name => [name, {type: 'string'}]))});
  const missing = REQUIRED.filter(name => !values[name]);
  if (missing.length) throw new Error(`missing: ${missing.map(name => `--${name}`).join(', ')}`);
  return values;
}

async function main() {
  const given = options();
  const behaviour = new Behaviour();
  const record = new Record(given.record);
  const endpoint = new Endpoint({project: given.project, behaviour, credentials: new Credentials(given.tokeninfo), record});
  const control = new Control({endpoint, behaviour, record});
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, async () => {
      await Promise.all([endpoint.close(), control.close()]);
      record.close();
      process.exit(0);
    });
  }
  await endpoint.listen(Number(given.port), given.cert, given.key);
  await control.listen(Number(given['control-port']));
  console.log(`FCM stand-in: https://127.0.0.1:${given.port}, control http://127.0.0.1:${given['control-port']}`);
}

main().catch(error => {
  console.error(`The FCM stand-in did not start: ${error.message}`);
  process.exit(1);
});
