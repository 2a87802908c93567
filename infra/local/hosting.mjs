// Firebase Hosting on this machine: superstatic, the engine of Hosting, with the unchanged firebase.json.
//
//   node infra/local/hosting.mjs --port P --config firebase.json [--site TARGET]
//        --target staff_api=http://127.0.0.1:8101 ... --connect http://127.0.0.1:9099 ...
//        --web-config '{"projectId": ...}' [--push http://127.0.0.1:9444] [--sources web-residents | web-admin]
//
// --sources: what the site is made of, which is done anew whenever a page is asked for that is older than they are. They
// are at /source/..., too, where no page of the site looks: for tests of one module.
//
// --push: the control address of the FCM stand-in. /__/push?token=T is then the stream of what FCM would push to the
// browser of that token, since no browser can reach a push service here.
import { createRequire } from 'node:module';
import { createServer, request as httpRequest } from 'node:http';
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { parseArgs } from 'node:util';

import { bundle } from '../bundle.mjs';
import { strip } from '../strip.mjs';

const REWRITE_TIMEOUT_MS = 60_000; // Hosting answers 504 then ("Serve dynamic content": 60-second request timeout)
const HOP_BY_HOP = ['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'];
const SOURCE = '/source/';
const MADE = {
  'web-residents': { make: bundle, pages: /^\/(app\/|sw\.js|\?|$)/ },
  'web-admin': { make: strip, pages: /^\/(?!api\/)[^.]*$/ },
};
const NOT_FOUND = '<!doctype html><html lang="pl"><meta charset="utf-8"><title>404</title><p>Nie ma takiej strony.</p></html>';

const require = createRequire(import.meta.url);
const superstatic = createRequire(require.resolve('firebase-tools/package.json'))('superstatic').default;

function hostingOf(file, site) {
  const hosting = [JSON.parse(readFileSync(file, 'utf8')).hosting].flat().filter(Boolean);
  const found = site ? hosting.find((one) => [one.target, one.site].includes(site)) : hosting[0];
  if (!found) throw new Error(`${file} has no hosting${site ? ` for ${site}` : ''}`);
  return found;
}

// The emulators are other origins than Google's, so connect-src must name them; nothing else of the policy changes.
function withConnections(hosting, origins) {
  const headers = (hosting.headers ?? []).map((rule) => ({ ...rule, headers: rule.headers.map((header) => connecting(header, origins)) }));
  return { ...hosting, headers };
}

function connecting(header, origins) {
  if (!/^content-security-policy(-report-only)?$/i.test(header.key)) return header;
  const directives = header.value.split(';').map((text) => text.trim()).filter(Boolean);
  const found = directives.findIndex((text) => /^connect-src(\s|$)/i.test(text));
  const fallback = directives.find((text) => /^default-src(\s|$)/i.test(text));
  if (found < 0 && !fallback) return header; // connections are not restricted
  const before = found < 0 ? fallback.replace(/^default-src/i, 'connect-src') : directives[found];
  const after = [before.replace(/\s+'none'$/i, ''), ...origins].join(' ');
  directives.splice(found < 0 ? directives.length : found, found < 0 ? 0 : 1, after);
  return { ...header, value: directives.join('; ') };
}

function problem(response, status, title, detail) {
  if (response.headersSent) return response.destroy();
  const body = JSON.stringify({ type: 'about:blank', title, status, detail });
  response.writeHead(status, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  response.end(body);
}

// What Hosting sends on: where the visitor asked, and of the cookies only __session.
function forwardedHeaders(incoming, target) {
  const headers = { ...incoming.headers };
  for (const name of HOP_BY_HOP) delete headers[name];
  const session = /(?:^|;\s*)(__session=[^;]*)/.exec(headers.cookie ?? '');
  delete headers.cookie;
  if (session) headers.cookie = session[1];
  headers['x-forwarded-host'] = incoming.headers.host;
  headers['x-forwarded-proto'] = 'http';
  headers['x-forwarded-for'] = [incoming.headers['x-forwarded-for'], incoming.socket.remoteAddress].filter(Boolean).join(', ');
  headers.host = target.host;
  return headers;
}

function proxy(target, timeout = REWRITE_TIMEOUT_MS) {
  return (incoming, response) => {
    const options = { method: incoming.method, path: incoming.url, headers: forwardedHeaders(incoming, target), agent: false };
    const outgoing = httpRequest(target, options, (answer) => {
      const headers = { ...answer.headers };
      for (const name of HOP_BY_HOP) delete headers[name];
      response.writeHead(answer.statusCode, headers);
      pipeline(answer, response, () => {});
    });
    outgoing.setTimeout(timeout, () => {
      problem(response, 504, 'Gateway Timeout', 'The function took too long to answer.');
      outgoing.destroy();
    });
    outgoing.on('error', () => problem(response, 502, 'Bad Gateway', 'The function does not answer.'));
    response.on('close', () => response.writableFinished || outgoing.destroy());
    incoming.pipe(outgoing);
  };
}

function rewriters(targets) {
  const to = (name) => {
    const address = targets.get(name) ?? targets.get(name.replaceAll('-', '_')); // Cloud Run names take no underscore
    if (address) return proxy(new URL(address));
    return (_, response) => problem(response, 502, 'Bad Gateway', `There is no function ${name}.`);
  };
  return {
    run: async ({ run }) => to(run.serviceId),
    function: async ({ function: named }) => to(named.functionId ?? named),
  };
}

function reserved(webConfig) {
  return (incoming, response, next) => {
    const path = incoming.url.split('?')[0];
    if (path !== '/__/firebase/init.json') return next();
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.setHeader('cache-control', 'no-store');
    response.end(JSON.stringify(webConfig));
  };
}

// Beside superstatic, which would gather the stream to compress it.
function pushes(control) {
  const stream = proxy(new URL(control), 0);
  return (incoming, response) => {
    const { search } = new URL(incoming.url, 'http://localhost');
    stream(Object.assign(incoming, { url: `/stream${search}` }), response);
  };
}

function decodable(url) {
  try {
    return Boolean(decodeURI(url));
  } catch {
    return false;
  }
}

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    config: { type: 'string' },
    site: { type: 'string' },
    'web-config': { type: 'string', default: '{}' },
    target: { type: 'string', multiple: true, default: [] },
    connect: { type: 'string', multiple: true, default: [] },
    push: { type: 'string' },
    sources: { type: 'string' },
  },
});
const hosting = withConnections(hostingOf(values.config, values.site), values.connect);
const targets = new Map(values.target.map((text) => text.split(/=(.*)/s, 2)));
const serve = superstatic({
  config: hosting,
  cwd: dirname(resolve(values.config)),
  stack: 'strict',
  compression: true,
  fallthrough: true,
  before: { redirects: reserved(JSON.parse(values['web-config'])) },
  rewriters: rewriters(targets),
});
const made = values.sources && MADE[basename(values.sources)];
const sources = values.sources && superstatic({ config: { public: '.' }, cwd: resolve(values.sources), stack: 'strict', fallthrough: true });
const push = values.push && pushes(values.push);
const server = createServer((incoming, response) => {
  if (!decodable(incoming.url)) return problem(response, 400, 'Bad Request', 'The address is not well-formed.');
  if (push && incoming.url.startsWith('/__/push?')) return push(incoming, response);
  const missing = () => {
    response.writeHead(404, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(NOT_FOUND);
  };
  if (!sources) return serve(incoming, response, missing);
  if (incoming.url.startsWith(SOURCE)) return sources(Object.assign(incoming, { url: incoming.url.slice(SOURCE.length - 1) }), response, missing);
  if (!made.pages.test(incoming.url)) return serve(incoming, response, missing);
  return made.make().then(
    () => serve(incoming, response, missing),
    (error) => problem(response, 500, 'The site cannot be built', error.message),
  );
});
await made?.make();
server.listen(Number(values.port), '127.0.0.1');
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
