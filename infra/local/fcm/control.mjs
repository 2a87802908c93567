// The stand-in's own plain HTTP: what was received, and what is to go wrong.

import http from 'node:http';

import {PushStream} from './push_stream.mjs';

async function body(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function send(response, status, content) {
  response.writeHead(status, {'content-type': 'application/json', 'cache-control': 'no-store', 'access-control-allow-origin': '*'});
  response.end(typeof content === 'string' ? content : JSON.stringify(content));
}

export class Control {
  #routes = {
    'GET /healthz': (request, response) => send(response, 200, {status: 'ok'}),
    'GET /messages': (request, response, query) => this.#messages(response, query),
    'DELETE /messages': (request, response) => this.#forget(response),
    'GET /counts': (request, response) => send(response, 200, this.counts()),
    'GET /attempts': (request, response) => send(response, 200, {attempts: this.endpoint.attempts}),
    'GET /behaviour': (request, response) => send(response, 200, this.behaviour.settings),
    'PUT /behaviour': (request, response) => this.#behave(request, response),
    'GET /stream': (request, response, query) => this.#stream(request, response, query),
  };

  constructor({endpoint, behaviour, record}) {
    Object.assign(this, {endpoint, behaviour, record, pushes: new PushStream(record)});
  }

  listen(port) {
    this.server = http.createServer((request, response) => this.#handle(request, response));
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
  }

  close() {
    this.server.closeAllConnections();
    return new Promise(resolve => this.server.close(resolve));
  }

  counts() {
    const {outcomes, connections} = this.endpoint;
    const {busiestMinute, overQuota} = this.behaviour;
    const quota = {busiest_minute: busiestMinute, over_quota: overQuota};
    return {recorded: this.record.length, by_alert: this.record.counts(), outcomes, connections, ...quota};
  }

  #handle(request, response) {
    const url = new URL(request.url, 'http://control');
    const route = this.#routes[`${request.method} ${url.pathname}`];
    if (!route) return send(response, 404, {error: `there is ${Object.keys(this.#routes).join(', ')}`});
    return route(request, response, url.searchParams);
  }

  #messages(response, query) {
    const after = Number(query.get('after') ?? 0);
    if (!Number.isInteger(after) || after < 0) return send(response, 400, {error: 'after must be the seq of a message'});
    return send(response, 200, `{"messages":[${this.record.list(query.get('alert'), after)}],"next":${this.record.length}}`);
  }

  #forget(response) {
    this.record.clear();
    this.endpoint.reset();
    this.behaviour.restart();
    send(response, 200, {});
  }

  async #behave(request, response) {
    let settings;
    try {
      settings = JSON.parse(await body(request));
    } catch {
      return send(response, 400, {error: 'not JSON'});
    }
    const error = this.behaviour.set(settings);
    return error ? send(response, 400, {error}) : send(response, 200, this.behaviour.settings);
  }

  #stream(request, response, query) {
    const token = query.get('token');
    return token ? this.pushes.open(request, response, token) : send(response, 400, {error: 'token is missing'});
  }
}
