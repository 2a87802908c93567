// Whether an alert says what is looked for, however it is spelt: without marks, in any case, the words in any order.

import { subject } from './labels.js';

const MARKS = /\p{M}/gu;

/** @param {string} text */
export const plainly = (text) => text.normalize('NFD').replace(MARKS, '').toLowerCase().replaceAll('ł', 'l');

const said = (alert) =>
  [
    ...Object.values(alert.texts).flatMap((text) => Object.values(text)),
    alert.area_name ?? '',
    alert.author?.name ?? '',
    subject(alert),
  ].join(' ');

/** @param {string} query @returns {(alert: any) => boolean} */
export function matching(query) {
  const wanted = plainly(query).split(/\s+/).filter(Boolean);
  return (alert) => {
    const found = plainly(said(alert));
    return wanted.every((part) => found.includes(part));
  };
}
