// A push as a notification: its title, its text, what can be done with it.

import { manner } from './judge.js';
import { dated } from './lateness.js';
import { prefixed, saysItself, word } from './words.js';

const KINDS = ['alert', 'update', 'correction', 'all_clear'];
const CALM = ['Moderate', 'Minor'];
const SHORT = [200]; // ms
const NOT_KEPT = ['proof', 'at'];
const VIBRATION = [400, 200, 400, 200, 800]; // ms on, off, on ...

/** @returns {"alert" | "update" | "correction" | "all_clear"} pushes without a kind are alerts */
export const kindOf = (data) => (KINDS.includes(data.kind) ? data.kind : 'alert');

/** A severity of a later release is a grave one: better one alert too many. */
const isGrave = ({ severity }) => Boolean(severity) && !CALM.includes(severity);

/** An all-clear is good news, however grave the case was; so is what no longer concerns the place of whom it goes to. */
const isDanger = (data) => isGrave(data) && kindOf(data) !== 'all_clear' && !data.narrowed;

/** With the notification, so that its text is there for the app though the browser's database be full or broken. */
const kept = (data) => Object.fromEntries(Object.entries(data).filter(([name]) => !NOT_KEPT.includes(name)));

/**
 * What the office says by now in place of what the push said; a cancellation keeps the text that it ends.
 * @param {Record<string, string>} data of the push
 * @param {string} judgement
 * @param {any} content what the signed text says
 * @returns {Record<string, string>} as a push would have it
 */
export function overruled(data, judgement, content) {
  if (judgement === 'cancelled') return { ...data, state: 'cancelled', cancelled: content.cancelled ?? '' };
  if (judgement !== 'replaced') return data;
  const language = content.texts[data.language] ? data.language : 'pl';
  const { title, body } = content.texts[language];
  const { kind, severity, category, group, sent, expires, version } = content;
  const marked = content.exercise ? word(language, 'exercise') + title : title;
  return { ...data, kind, severity, category, group, sent, expires, language, body, version: String(version), title: marked };
}

/**
 * @param {Record<string, string>} data of the push
 * @param {string} judgement
 * @param {number} now ms
 * @returns {{title: string, options: NotificationOptions}}
 */
export function notification(data, judgement, now) {
  const end = ending(data, now);
  return { title: prefixed(data.title ?? '', opening(data, end)), options: options(data, judgement, end, now) };
}

/** What the title begins with, where its own words do not say it already. @param {Record<string, string>} data @param {string | null} end */
function opening(data, end) {
  if (end === 'over' && isDanger(data) && data.exercise !== '1') return word(data.language, 'unsure');
  if (!end && (data.narrowed || saysItself(data.title ?? ''))) return '';
  const fixed = kindOf(data) === 'all_clear' && data.group === 'failure';
  return word(data.language, end ?? (fixed ? 'fixed' : kindOf(data))) ?? '';
}

/** @param {Record<string, string>} data */
const ending = ({ state, expires }, now) => (state === 'cancelled' ? 'cancelled' : Date.parse(expires) <= now ? 'over' : null);

function options(data, judgement, end, now) {
  const { silent, renotify } = manner(judgement, data);
  return {
    tag: data.thread,
    body: end ? data.body : dated(data, now),
    lang: data.language,
    icon: `/icons/push-${end ? 'all_clear' : kindOf(data)}.png`,
    badge: '/icons/push-badge.png',
    timestamp: Date.parse(data.sent) || undefined,
    silent,
    renotify,
    requireInteraction: !end && isDanger(data),
    ...(silent || !isGrave(data) ? {} : { vibrate: isDanger(data) ? VIBRATION : SHORT }),
    actions: actions(data),
    data: kept(data),
  };
}

/** Danger to life is nothing to wave away with a tap. */
function actions(data) {
  const names = data.severity === 'Extreme' || kindOf(data) !== 'alert' ? ['open'] : ['open', 'not_mine'];
  return names.map((action) => ({ action, title: word(data.language, action) }));
}
