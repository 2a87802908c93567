// Firebase's own Auth emulator, alone: without the command line around it, one port, accounts kept in a file.
//
//   node infra/local/auth_emulator.mjs --port P --project ID --state FILE
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

const SAVE_EVERY_MS = 1000;
const OWN_PROVIDERS = new Set(['password', 'phone']); // the emulator derives these from the account itself

const require = createRequire(import.meta.url);
skipSchemaSelfCheck();
const { createApp } = require('firebase-tools/lib/emulator/auth/server.js');
const { AgentProjectState } = require('firebase-tools/lib/emulator/auth/state.js');
const { SingleProjectMode } = require('firebase-tools/lib/emulator/auth/index.js');

// Of the 7 seconds the emulator takes to start, 5 go into checking Google's API description (which is part of the
// pinned package) against the schema of schemas. Requests are validated as before.
function skipSchemaSelfCheck() {
  const ajv = createRequire(require.resolve('exegesis'))('ajv/dist/core');
  ajv.default.prototype.validateSchema = () => true;
}

function restoredUser(user) {
  const providerUserInfo = (user.providerUserInfo ?? []).filter((info) => !OWN_PROVIDERS.has(info.providerId));
  return { ...user, providerUserInfo };
}

// Not the emulator's import: that one resets validSince, so every session from before a restart would count as revoked.
function restore(file) {
  const states = new Map();
  for (const { project, users } of readSaved(file)) {
    const state = new AgentProjectState(project);
    for (const user of users) state.overwriteUserWithLocalId(user.localId, restoredUser(user));
    states.set(project, state);
  }
  return states;
}

function readSaved(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

function save(states, file) {
  const saved = [...states].map(([project, state]) => ({ project, users: [...state.users.values()] }));
  writeFileSync(`${file}.new`, JSON.stringify(saved), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

const { values } = parseArgs({
  options: { port: { type: 'string' }, project: { type: 'string' }, state: { type: 'string' } },
});
mkdirSync(dirname(values.state), { recursive: true });
const states = restore(values.state);
const app = await createApp(values.project, SingleProjectMode.NO_WARNING, states);
let changed = false;

function saveIfChanged() {
  if (!changed) return;
  changed = false;
  save(states, values.state);
}

const server = createServer((request, response) => {
  if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method)) response.on('close', () => (changed = true));
  app(request, response);
});
server.listen(Number(values.port), '127.0.0.1');
setInterval(saveIfChanged, SAVE_EVERY_MS);
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    saveIfChanged();
    process.exit(0);
  });
}
