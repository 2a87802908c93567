// Figures of people as the API tells them: rounded, and of fewer than ten none (shared/domain/figures.py).

import { number, t } from '../i18n/index.js';

export const LEAST_PEOPLE = 10;

/** @param {number | null | undefined} figure smaller ones are of an older release */
export const isTold = (figure) => (figure ?? 0) >= LEAST_PEOPLE;

/** The figure, or that it is of a few, perhaps of nobody. */
export const people = (figure) => (isTold(figure) ? number(figure) : t('people.few', { least: LEAST_PEOPLE }));
