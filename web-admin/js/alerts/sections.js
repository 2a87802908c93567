// The list by what matters: what waits for this person, what is out, what comes, what is being written, what is over.

import { word, words } from '../api/vocabulary.js';

const stateOf = ({ state }) => word('states', state);

const CONFIRM = 'confirm'; // of what one person sent alone, whatever state it has come to since

const waitsForMe = (alert) => {
  const { awaits } = stateOf(alert);
  return alert.actions.includes(CONFIRM) || (Boolean(awaits) && alert.actions.includes(awaits.action));
};

/** By what the API says of a state; the first that holds. */
const SECTIONS = [
  { name: 'waiting', holds: waitsForMe },
  { name: 'now', holds: (alert) => stateOf(alert).open && stateOf(alert).public },
  { name: 'soon', holds: (alert) => stateOf(alert).open && stateOf(alert).moment },
  { name: 'others', holds: (alert) => stateOf(alert).open && stateOf(alert).awaits },
  { name: 'drafts', holds: (alert) => stateOf(alert).open },
  { name: 'over', holds: () => true },
];

/** The most dangerous first; of one severity, the order stays. */
const byDanger = (alerts) => {
  const order = words('severities').map(({ value }) => value);
  const place = ({ severity }) => (order.includes(severity) ? order.indexOf(severity) : order.length);
  return [...alerts].sort((one, other) => place(one) - place(other));
};

const FIRST_BY_DANGER = ['waiting', 'now'];

/** How many wait for whoever looks. @param {any[]} alerts */
export const waitingOf = (alerts) => alerts.filter(waitsForMe).length;

/** @param {any[]} alerts @returns {{name: string, alerts: any[]}[]} those of which there are some */
export function sectionsOf(alerts) {
  const found = SECTIONS.map(({ name }) => ({ name, alerts: alerts.filter((alert) => sectionOf(alert) === name) }));
  return found
    .filter((section) => section.alerts.length)
    .map((section) => (FIRST_BY_DANGER.includes(section.name) ? { ...section, alerts: byDanger(section.alerts) } : section));
}

const sectionOf = (alert) => SECTIONS.find(({ holds }) => holds(alert))?.name;

/** The states of what is not over. @returns {string[]} */
export const openStates = () => words('states').flatMap(({ value, open }) => (open ? [value] : []));
