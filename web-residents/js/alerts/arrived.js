// That an alert has come is said once, whoever notices it first: the push, the list or the view of an earlier message.

import { titled } from './labels.js';

const said = new Set(); // ids

/** @param {any} app @param {import('./reading.js').Alert[]} alerts */
export function sayArrived(app, alerts) {
  const fresh = alerts.filter(({ id }) => !said.has(id));
  fresh.forEach(({ id }) => said.add(id));
  if (fresh.length) app.say(fresh.map((alert) => app.words('alerts.arrived', titled(alert, app))).join('. '));
}
