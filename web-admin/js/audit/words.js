// The acts that this page has words for; one of a later release is shown by its own.

import { has, t } from '../i18n/index.js';

export const ACTIONS = [
  ...['create', 'edit', 'submit', 'approve', 'send', 'confirm', 'cancel', 'start', 'hold', 'expire', 'move'].map((verb) => `alert.${verb}`),
  ...['create', 'edit', 'submit', 'approve', 'skip', 'end', 'miss', 'void'].map((verb) => `series.${verb}`),
  ...['save', 'change', 'remove'].map((verb) => `area.${verb}`),
  ...['create', 'change', 'approve', 'restore', 'remove'].map((verb) => `template.${verb}`),
  ...['begin', 'end'].map((verb) => `session.${verb}`),
  ...['invite', 'send-invitation', 'withdraw-invitation', 'enrol', 'renew', 'rights', 'grant', 'refuse-grant', 'roles'].map((verb) => `staff.${verb}`),
  ...['lost-phone', 'password', 'recovery-codes', 'disable'].map((verb) => `staff.${verb}`),
  ...['propose', 'agree', 'dissolve', 'begin', 'end'].map((verb) => `stand-in.${verb}`),
  'review.sign',
  'reach.ask',
  'coverage.read',
  ...['ask', 'open', 'read'].map((verb) => `list.${verb}`),
  'audit.export',
  'municipality.export',
];

/** @param {string} action */
export const actionName = (action) => (has(`audit.do.${action}`) ? t(`audit.do.${action}`) : action);

/** A value of an entry in one line. @param {unknown} value */
export const inWords = (value) => (value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value));
