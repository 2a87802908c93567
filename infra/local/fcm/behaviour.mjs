// What happens to each request: normally it is accepted; tests and chaos runs ask for faults.

export const FATES = ['accepted', 'unregistered', 'sender_mismatch', 'bad_target', 'bad_payload', 'throttled', 'internal', 'unavailable',
  'refused', // the stream, before it is looked at
  'dropped', 'dropped_after', 'closed_after']; // the connection: cut before or after the message is taken, or closed in order
// A dead target stays dead: its fate is drawn by its name, once. The others are drawn for every request.
const OF_TARGETS = new Set(['unregistered', 'sender_mismatch', 'bad_target']);

const DEFAULTS = {
  latency_ms: 0, // from request to answer
  rates: {}, // fate -> share of requests (of targets, for the fates of targets), 0 to 1
  next: {}, // fate -> how many of the coming requests meet it
  targets: {}, // target value -> fate, always
  seed: 1,
  retry_after: null, // seconds or an HTTP date, on 429 and 503; null: no such header
  quota_per_minute: 600000, // FCM docs, "Throttling and quotas"
  quota_minute_ms: 60000, // how long the quota's minute lasts: shorter ones are over sooner
  keep_attempts: false, // whether GET /attempts is to know of every request
  goaway_after: 0, // a connection says GOAWAY after that many requests; 0: never
  goaway_grace_ms: 100, // until it names the last request that it takes; 0: at once, refusing those on the way
  refused_tokens: [], // access tokens that are answered 401
};

// mulberry32: small, fast, the same everywhere.
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function hash(text) {
  let value = 2166136261; // FNV-1a
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
  return value >>> 0;
}

function invalid(settings) {
  const unknown = Object.keys(settings).filter(key => !(key in DEFAULTS));
  if (unknown.length) return `unknown: ${unknown.join(', ')}`;
  const named = [...Object.keys(settings.rates ?? {}), ...Object.keys(settings.next ?? {}), ...Object.values(settings.targets ?? {})];
  const wrong = named.filter(fate => !FATES.includes(fate));
  return wrong.length ? `no such fate: ${wrong.join(', ')} (there are ${FATES.join(', ')})` : null;
}

export class Behaviour {
  #random = random(DEFAULTS.seed);
  #minute = 0; // start of the quota's minute, ms; not aligned to the clock
  #spent = 0;
  #now;

  constructor(now = Date.now) {
    this.#now = now;
    this.settings = structuredClone(DEFAULTS);
    this.busiestMinute = 0;
    this.overQuota = 0; // messages refused because the quota was used up
  }

  /** Replaces all settings; what is not given returns to its default. Answers what is wrong, or null. */
  set(settings) {
    const error = invalid(settings);
    if (error) return error;
    this.settings = {...structuredClone(DEFAULTS), ...settings};
    this.#random = random(this.settings.seed);
    return null;
  }

  /** A fresh minute of quota. */
  restart() {
    this.#minute = 0;
    this.busiestMinute = 0;
    this.overQuota = 0;
  }

  /** Counts one message of the minute; false when the project's quota is used up. */
  withinQuota() {
    const now = this.#now();
    if (now - this.#minute >= this.settings.quota_minute_ms) {
      this.#minute = now;
      this.#spent = 0;
    }
    if (this.#spent >= this.settings.quota_per_minute) {
      this.overQuota += 1;
      return false;
    }
    this.#spent += 1;
    this.busiestMinute = Math.max(this.busiestMinute, this.#spent);
    return true;
  }

  fate(target) {
    const {targets} = this.settings;
    const told = Object.hasOwn(targets, target) ? targets[target] : undefined;
    return told ?? this.#ordered() ?? this.#ofTarget(target) ?? this.#drawn() ?? 'accepted';
  }

  #ordered() {
    const {next} = this.settings;
    const fate = Object.keys(next).find(key => next[key] > 0);
    if (fate) next[fate] -= 1;
    return fate;
  }

  #ofTarget(target) {
    return this.#pick(fate => OF_TARGETS.has(fate), () => random(this.settings.seed ^ hash(target))());
  }

  #drawn() {
    return this.#pick(fate => !OF_TARGETS.has(fate), this.#random);
  }

  #pick(eligible, draw) {
    const rates = Object.entries(this.settings.rates).filter(([fate]) => eligible(fate));
    if (rates.length === 0) return undefined;
    let left = draw();
    return rates.find(([, rate]) => (left -= rate) < 0)?.[0];
  }
}
