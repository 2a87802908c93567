// The acts that this page has words for; one of a later release is shown by its own.

import { has, t } from '../i18n/index.js';

export const ACTIONS = [
  ...['create', 'edit', 'submit', 'approve', 'cancel', 'start', 'hold', 'expire'].map((verb) => `alert.${verb}`),
  ...['save', 'change', 'remove'].map((verb) => `area.${verb}`),
  ...['create', 'change', 'restore', 'remove'].map((verb) => `template.${verb}`),
  'reach.ask',
  'coverage.read',
  ...['ask', 'open', 'read'].map((verb) => `list.${verb}`),
  'audit.export',
];

/** @param {string} action */
export const actionName = (action) => (has(`audit.do.${action}`) ? t(`audit.do.${action}`) : action);

/** A value of an entry in one line. @param {unknown} value */
export const inWords = (value) => (value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value));
