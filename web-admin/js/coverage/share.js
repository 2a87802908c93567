// A share of addresses in steps of ten percent: the lowest and the highest say neither nobody nor everybody.

import { locale, t } from '../i18n/index.js';

const LOWEST = 10;
const HIGHEST = 90;

/** @param {number} share percent */
export function shareInWords(share) {
  const percent = new Intl.NumberFormat(locale(), { style: 'percent' }).format(share / 100);
  if (share <= LOWEST) return t('coverage.atMost', { percent });
  return share >= HIGHEST ? t('coverage.atLeast', { percent }) : percent;
}
