// The accepted messages: a file of JSON lines (what the demo proves with), and the same lines in memory.

import fs from 'node:fs';

export class Record {
  #file;
  #waiting = [];
  #lines = []; // {alert, target, text}; its index + 1 is `seq`
  #listeners = new Set();

  /** Continues the file when it exists. */
  constructor(path) {
    this.path = path;
    this.#file = fs.openSync(path, 'a');
    for (const text of this.#whole()) this.#keep(JSON.parse(text), text);
  }

  // SIGKILL can cut a write short: what follows the last line's end was never answered, and is dropped.
  #whole() {
    const content = fs.readFileSync(this.path);
    const end = content.lastIndexOf('\n') + 1;
    if (end < content.length) fs.ftruncateSync(this.#file, end);
    return content.subarray(0, end).toString().split('\n').filter(Boolean);
  }

  get length() {
    return this.#lines.length;
  }

  /** Keeps a message; it is in the file before the event loop turns to anything that was planned later. */
  add({name, kind, target, platform, message}) {
    const alert = message.data?.alert ?? null;
    const entry = {seq: this.#lines.length + 1, at: new Date().toISOString(), name, kind, target, platform, alert, message};
    const text = JSON.stringify(entry);
    this.#keep(entry, text);
    if (this.#waiting.push(text) === 1) setImmediate(() => this.flush());
    for (const listener of this.#listeners) listener(target, text, entry.seq);
  }

  #keep({alert, target}, text) {
    this.#lines.push({alert, target, text});
  }

  flush() {
    if (this.#waiting.length === 0) return;
    fs.writeSync(this.#file, `${this.#waiting.join('\n')}\n`);
    this.#waiting = [];
  }

  /** The lines of an alert (of all alerts when null) with seq > after, as a JSON array's inside. */
  list(alert, after) {
    return this.#lines.slice(after).filter(line => alert === null || line.alert === alert).map(line => line.text).join(',\n');
  }

  /** Calls back with (target, line, seq) for every message with seq > after. */
  each(after, listener) {
    this.#lines.slice(after).forEach(({target, text}, index) => listener(target, text, after + index + 1));
  }

  /** Messages by alert. */
  counts() {
    const counts = {};
    for (const {alert} of this.#lines) counts[alert ?? ''] = (counts[alert ?? ''] ?? 0) + 1;
    return counts;
  }

  clear() {
    this.#waiting = [];
    this.#lines = [];
    fs.ftruncateSync(this.#file);
  }

  /** Calls back with (target, line, seq) for every message from now on; answers how to stop it. */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close() {
    this.flush();
    fs.closeSync(this.#file);
  }
}
