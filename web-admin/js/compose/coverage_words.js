// What share of an area's addresses has a phone, and on which streets fewest: there people are told some other way.

import { locale, t } from '../i18n/index.js';

const LOWEST = 10; // percent; it stands for fewer as well
const MOST = 3; // streets

/** @typedef {{share: number | null, streets: {name: string, share: number}[]}} AreaCoverage as POST /api/reach answers it */

const percent = (share) => new Intl.NumberFormat(locale(), { style: 'percent' }).format(share / 100);

const shareOf = (share) => t(share <= LOWEST ? 'reach.atMost' : 'reach.about', { percent: percent(share) });

/**
 * @param {AreaCoverage | null | undefined} coverage null before it was ever counted, and without a register
 * @returns {string[]} sentences; none for an area that is too small
 */
export function coverageWords(coverage) {
  if (!coverage || coverage.share === null) return [];
  const fewer = coverage.streets.filter(({ share }) => share < (coverage.share ?? 0)).slice(0, MOST);
  const named = fewer.map(({ name, share }) => `${name} (${shareOf(share)})`).join(', ');
  return [t('reach.coverage', { share: shareOf(coverage.share) }), ...(named ? [t('reach.fewest', { streets: named })] : [])];
}
