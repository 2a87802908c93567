// POST /v1/projects/{project}/messages:send over HTTP/2 and TLS, as FCM serves it.

import crypto from 'node:crypto';
import fs from 'node:fs';
import http2 from 'node:http2';

import * as answers from './answers.mjs';
import {check, platform} from './rules.mjs';

const STREAMS = 100; // what FCM's front end allows on a connection (SETTINGS_MAX_CONCURRENT_STREAMS)
const LARGEST_BODY = 1 << 20;
const LAST_POSSIBLE_STREAM = 2 ** 31 - 1;
const {NGHTTP2_NO_ERROR, NGHTTP2_REFUSED_STREAM} = http2.constants;

const BY_FATE = {
  unregistered: answers.unregistered,
  sender_mismatch: answers.senderMismatch,
  bad_payload: () => answers.badRequest([{field: 'message.data[0].value', description: "Invalid value at 'message.data[0].value'"}]),
  internal: answers.internal,
};

export class Endpoint {
  #sessions = new Set();
  #socket; // of the session that opens next; a session's own `socket` cannot be destroyed

  constructor({project, behaviour, credentials, record}) {
    Object.assign(this, {project, behaviour, credentials, record});
    this.path = `/v1/projects/${project}/messages:send`;
    this.reset();
  }

  reset() {
    this.outcomes = {}; // by fate, or by "invalid" and the like
    this.connections = 0;
    this.attempts = []; // {target, fate, at}: what was answered to whom, while that is asked for
  }

  listen(port, cert, key) {
    this.server = http2.createSecureServer({
      cert: fs.readFileSync(cert),
      key: fs.readFileSync(key),
      settings: {maxConcurrentStreams: STREAMS},
    });
    this.server.prependListener('secureConnection', socket => { this.#socket = socket; });
    this.server.on('session', session => this.#opened(session));
    this.server.on('stream', (stream, headers) => this.#receive(stream, headers));
    this.server.on('sessionError', () => {});
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
  }

  close() {
    for (const session of this.#sessions) session.destroy();
    return new Promise(resolve => this.server.close(resolve));
  }

  #opened(session) {
    this.connections += 1;
    this.#sessions.add(session);
    session.wire = this.#socket;
    session.streams = 0;
    session.once('close', () => this.#sessions.delete(session));
  }

  #receive(stream, headers) {
    const chunks = [];
    let size = 0;
    stream.on('error', () => {}); // the caller left
    stream.on('data', chunk => {
      size += chunk.length;
      if (size <= LARGEST_BODY) chunks.push(chunk);
    });
    stream.on('end', () => this.#handle(stream, headers, size > LARGEST_BODY ? '' : Buffer.concat(chunks).toString()));
    this.#countStream(stream.session);
  }

  // In two steps, as RFC 9113, 6.8 asks: "no more streams, please", and later the last one that was taken.
  #countStream(session) {
    const {goaway_after: limit, goaway_grace_ms: grace} = this.behaviour.settings;
    session.streams += 1;
    if (!limit || session.streams !== limit) return;
    if (grace === 0) session.close();
    else {
      session.goaway(NGHTTP2_NO_ERROR, LAST_POSSIBLE_STREAM);
      setTimeout(() => { if (!session.closed) session.close(); }, grace);
    }
  }

  async #handle(stream, headers, text) {
    const refusal = this.#route(headers);
    if (refusal) return this.#answer(stream, 'misdirected', refusal);
    let verdict = this.credentials.check(headers.authorization, this.behaviour.settings.refused_tokens);
    if (verdict instanceof Promise) verdict = await verdict;
    if (verdict === 'unauthenticated') return this.#answer(stream, verdict, answers.unauthenticated());
    if (verdict === 'insufficient-scopes') return this.#answer(stream, verdict, answers.insufficientScopes());
    return this.#message(stream, text);
  }

  #route(headers) {
    const path = headers[':path'].split('?', 1)[0];
    if (path === this.path && headers[':method'] === 'POST') return null;
    const other = /^\/v1\/projects\/([^/]+)\/messages:send$/.exec(path);
    return other && headers[':method'] === 'POST' ? answers.wrongProject(other[1]) : answers.notFound();
  }

  #message(stream, text) {
    if (!this.behaviour.withinQuota()) return this.#answer(stream, 'throttled', answers.throttled(this.behaviour.settings.retry_after));
    let json;
    try {
      json = JSON.parse(text);
    } catch {
      return this.#answer(stream, 'invalid', answers.notJson());
    }
    const checked = check(json);
    if (checked.violations) return this.#answer(stream, 'invalid', answers.badRequest(checked.violations));
    if (checked.oversized) return this.#answer(stream, 'invalid', answers.tooBig(checked.oversized));
    if (!checked.wellFormed) return this.#answer(stream, 'bad_target', answers.badTarget(checked.kind));
    return this.#meetFate(stream, checked);
  }

  #meetFate(stream, {message, kind, validateOnly}) {
    const fate = this.behaviour.fate(message[kind]);
    const {retry_after: retryAfter, keep_attempts: keepAttempts} = this.behaviour.settings;
    if (keepAttempts && !validateOnly) this.attempts.push({target: message[kind], fate, at: Date.now()});
    switch (fate) {
      case 'accepted': return this.#accept(stream, message, kind, validateOnly);
      case 'bad_target': return this.#answer(stream, fate, answers.badTarget(kind));
      case 'throttled': return this.#answer(stream, fate, answers.throttled(retryAfter));
      case 'unavailable': return this.#answer(stream, fate, answers.unavailable(retryAfter));
      case 'refused': return this.#cut(fate, () => stream.close(NGHTTP2_REFUSED_STREAM));
      case 'dropped': return this.#cut(fate, () => stream.session?.wire.destroy());
      case 'dropped_after':
      case 'closed_after':
        if (!validateOnly) this.#keep(message, kind);
        return this.#cut(fate, () => stream.session?.wire[fate === 'closed_after' ? 'end' : 'destroy']());
      default: return this.#answer(stream, fate, BY_FATE[fate]());
    }
  }

  #accept(stream, message, kind, validateOnly) {
    if (validateOnly) return this.#answer(stream, 'validated', answers.accepted(`projects/${this.project}/messages/fake_message_id`));
    return this.#answer(stream, 'accepted', answers.accepted(this.#keep(message, kind)));
  }

  #keep(message, kind) {
    const name = `projects/${this.project}/messages/${crypto.randomUUID()}`;
    this.record.add({name, kind, target: message[kind], platform: platform(message), message});
    return name;
  }

  #cut(fate, action) {
    this.#count(fate);
    this.record.flush();
    action();
  }

  // Never before the record is in the file: what was answered as accepted stays accepted.
  #answer(stream, fate, {status, headers, body}) {
    this.#count(fate);
    const respond = () => {
      if (stream.destroyed || stream.closed) return;
      stream.respond({':status': status, 'content-type': 'application/json; charset=UTF-8', ...headers});
      stream.end(body);
    };
    const latency = this.behaviour.settings.latency_ms;
    if (latency > 0) setTimeout(() => { this.record.flush(); respond(); }, latency);
    else setImmediate(respond);
  }

  #count(fate) {
    this.outcomes[fate] = (this.outcomes[fate] ?? 0) + 1;
  }
}
