// What FCM accepts as a message ("REST Resource: projects.messages"): every violation by its field.

const LONGEST_TTL = 2419200; // seconds, 28 days
const PAYLOAD_LIMIT = 4096;
const TOPIC_PAYLOAD_LIMIT = 2048;

const TARGETS = ['token', 'fid', 'topic', 'condition'];
const REQUEST = new Set(['message', 'validate_only']);
const MESSAGE = new Set(['name', 'data', 'notification', 'android', 'android_v2', 'webpush', 'apns', 'fcm_options', ...TARGETS]);
const NOTIFICATION = new Set(['title', 'body', 'image']);
const ANDROID = new Set(['collapse_key', 'priority', 'ttl', 'restricted_package_name', 'data', 'notification', 'fcm_options',
  'direct_boot_ok', 'bandwidth_constrained_ok', 'restricted_satellite_ok']);
const APNS = new Set(['headers', 'payload', 'fcm_options', 'live_activity_token']);
const WEBPUSH = new Set(['headers', 'data', 'notification', 'fcm_options']);
// Apple, "Sending notification requests to APNs", apns-push-type.
const PUSH_TYPES = new Set(['alert', 'background', 'complication', 'controls', 'fileprovider', 'liveactivity', 'location', 'mdm',
  'pushtotalk', 'voip', 'widgets']);
const URGENCIES = new Set(['very-low', 'low', 'normal', 'high']);
const RESERVED = /^(from|message_type|notification|google.*|gcm.*)$/;

const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value);
const snake = key => key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

class Violations extends Array {
  add(field, description) {
    this.push({field, description});
  }

  type(field, type, value) {
    this.add(field, `Invalid value at '${field}' (${type}), ${JSON.stringify(value)}`);
  }
}

// Proto JSON takes names in snake_case and in camelCase; here they become snake_case.
function object(value, field, known, found) {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) {
    found.type(field, 'TYPE_MESSAGE', value);
    return {};
  }
  const named = {};
  for (const key in value) {
    const name = known.has(key) ? key : snake(key);
    if (known.has(name)) named[name] = value[key];
    else found.add(field, `Invalid JSON payload received. Unknown name "${key}" at '${field}': Cannot find field.`);
  }
  return named;
}

function strings(value, field, found) {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) {
    found.type(field, 'TYPE_MESSAGE', value);
    return {};
  }
  let index = 0;
  for (const key in value) {
    if (typeof value[key] !== 'string') found.type(`${field}[${index}].value`, 'TYPE_STRING', value[key]);
    index += 1;
  }
  return value;
}

function data(value, field, found) {
  const map = strings(value, field, found);
  for (const key in map) {
    if (RESERVED.test(key)) found.add(field, `Invalid data payload key: ${key}`);
  }
  return map;
}

function notification(value, field, found) {
  return strings(object(value, field, NOTIFICATION, found), field, found);
}

function android(value, found) {
  const config = object(value, 'message.android', ANDROID, found);
  const {priority, ttl} = config;
  if (priority !== undefined && !/^(HIGH|NORMAL|high|normal)$/.test(priority)) {
    found.type('message.android.priority', 'type.googleapis.com/google.firebase.fcm.v1.AndroidConfig.AndroidMessagePriority', priority);
  }
  if (ttl !== undefined) {
    if (typeof ttl !== 'string' || !/^\d+(\.\d{1,9})?s$/.test(ttl)) {
      found.add('message.android.ttl', `Invalid value at 'message.android.ttl' (type.googleapis.com/google.protobuf.Duration), ${
        JSON.stringify(ttl)}, Field 'ttl', Illegal duration format; duration must end with 's'`);
    } else if (parseFloat(ttl) > LONGEST_TTL) {
      found.add('message.android.ttl', 'Invalid time to live duration: it must be between 0 and 2,419,200 seconds');
    }
  }
  data(config.data, 'message.android.data', found);
  return config;
}

// As FCM was seen to answer: fcm-cloudflare-workers, issue 10; firebase-admin-dotnet, issue 39; firebase-admin-java, issue 214;
// firebase-admin-go, issue 679.
function apsFault(payload, visible) {
  const {aps} = payload;
  if (aps === undefined) return 'Payload of Apple Push Notification Service must contain an [aps] key.';
  if (!isObject(aps) || Object.keys(aps).length === 0) return 'Value of [aps] must be a non-empty dictionary.';
  return visible || 'content-available' in aps ? null : 'Request contains an invalid argument.';
}

// Data alone goes to iOS in the background: Apple drops such a push at priority 10, and FCM refuses it.
function apns(value, shown, found) {
  const config = object(value, 'message.apns', APNS, found);
  const headers = strings(config.headers, 'message.apns.headers', found);
  const payload = isObject(config.payload) ? config.payload : {};
  if (config.payload !== undefined && !isObject(config.payload)) found.type('message.apns.payload', 'TYPE_MESSAGE', config.payload);
  const aps = isObject(payload.aps) ? payload.aps : {};
  const visible = shown || 'alert' in aps || 'badge' in aps || 'sound' in aps;
  const fault = isObject(config.payload) ? apsFault(payload, visible) : null;
  if (fault) found.add('message.apns.payload', fault);
  if (value !== undefined && !visible && !fault && headers['apns-priority'] === '10') {
    found.add('message.apns.headers', 'Invalid apns-priority: a message with data fields only must have priority 5');
  }
  if (headers['apns-priority'] !== undefined && !/^(1|5|10)$/.test(headers['apns-priority'])) {
    found.add('message.apns.headers', `Invalid apns-priority: ${headers['apns-priority']}`);
  }
  const type = headers['apns-push-type'];
  if (type !== undefined && !PUSH_TYPES.has(type)) found.add('message.apns.headers', `Invalid apns-push-type: ${type}`);
  if (type === 'alert' && !visible && !fault) found.add('message.apns.headers', 'Invalid apns-push-type: nothing to show');
  if (type === 'background' && visible) found.add('message.apns.headers', 'Invalid apns-push-type: there is something to show');
  if (headers['apns-expiration'] !== undefined && !/^\d+$/.test(headers['apns-expiration'])) {
    found.add('message.apns.headers', `Invalid apns-expiration: ${headers['apns-expiration']}`);
  }
  if (Buffer.byteLength(headers['apns-collapse-id'] ?? '') > 64) found.add('message.apns.headers', 'Invalid apns-collapse-id: over 64 bytes');
  return {...config, payload};
}

function webpush(value, found) {
  const config = object(value, 'message.webpush', WEBPUSH, found);
  const headers = strings(config.headers, 'message.webpush.headers', found);
  if (headers.TTL !== undefined && !(/^\d+$/.test(headers.TTL) && Number(headers.TTL) <= LONGEST_TTL)) {
    found.add('message.webpush.headers', `Invalid TTL header: ${headers.TTL}`);
  }
  if (headers.Urgency !== undefined && !URGENCIES.has(headers.Urgency)) {
    found.add('message.webpush.headers', `Invalid Urgency header: ${headers.Urgency}`);
  }
  data(config.data, 'message.webpush.data', found);
  return config;
}

function target(message, found) {
  const given = TARGETS.filter(kind => message[kind] !== undefined);
  for (const kind of given) {
    if (typeof message[kind] !== 'string') found.type(`message.${kind}`, 'TYPE_STRING', message[kind]);
  }
  if (given.length === 0) found.add('message', 'Recipient of the message is not set.');
  if (given.length > 1) found.add('message', `Invalid value (oneof), oneof field 'target' is already set. Cannot set '${given.at(-1)}'`);
  return given[0];
}

// As a protobuf map entry: one byte each for three tags, and lengths of one byte below 128, else two.
function entrySize(key, value) {
  const [k, v] = [Buffer.byteLength(key), Buffer.byteLength(String(value))];
  return k + v + 6 + (v > 127) + (k + v + 4 > 127);
}

const mapSize = map => Object.entries(map ?? {}).reduce((sum, [key, value]) => sum + entrySize(key, value), 0);

// Keys and values count, options and target do not. Senders found about 37 bytes of FCM's own beside them.
function tooBig(message, limit) {
  const shared = mapSize(message.data) + mapSize(message.notification);
  if (37 + shared + mapSize(message.android.data) > limit) return 'Android';
  const {payload} = message.apns;
  if (Buffer.byteLength(JSON.stringify({...payload, ...message.data})) + mapSize(message.notification) > limit) return 'APNs';
  if (37 + shared + mapSize(message.webpush.data) > limit) return 'Webpush';
  return null;
}

// Registration tokens are opaque; an installation id is 22 characters of base64url, its first four bits 0111.
const WELL_FORMED = {
  token: value => /^[\w:-]{20,4096}$/.test(value),
  fid: value => /^[cdef][\w-]{21}$/.test(value),
  topic: value => /^[\w.~%-]+$/.test(value),
  condition: value => /in topics/.test(value),
};

/** Checks a request's JSON. Answers {violations} or {message, kind, validateOnly, oversized, wellFormed}. */
export function check(json) {
  const found = new Violations();
  if (!isObject(json)) return {violations: [{field: '', description: 'Invalid JSON payload received. An object is expected.'}]};
  const request = object(json, '', REQUEST, found);
  const {validate_only: validateOnly = false} = request;
  if (typeof validateOnly !== 'boolean') found.type('validate_only', 'TYPE_BOOL', validateOnly);
  if (request.message === undefined) found.add('message', 'Recipient of the message is not set.');
  const message = object(request.message, 'message', MESSAGE, found);
  const kind = request.message === undefined ? undefined : target(message, found);
  const shown = notification(message.notification, 'message.notification', found);
  const parts = {
    data: data(message.data, 'message.data', found),
    notification: shown,
    android: android(message.android, found),
    apns: apns(message.apns, Object.keys(shown).length > 0, found),
    webpush: webpush(message.webpush, found),
  };
  if (found.length) return {violations: [...found]};
  const limit = kind === 'topic' || kind === 'condition' ? TOPIC_PAYLOAD_LIMIT : PAYLOAD_LIMIT;
  return {message, kind, validateOnly, oversized: tooBig(parts, limit), wellFormed: WELL_FORMED[kind](message[kind])};
}

/** The platform a message was written for: by the only platform block it has, else null. */
export function platform(message) {
  const blocks = {android: 'android', apns: 'ios', webpush: 'web'};
  const present = Object.keys(blocks).filter(key => message[key] !== undefined);
  return present.length === 1 ? blocks[present[0]] : null;
}
