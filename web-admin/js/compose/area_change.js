// Of an update whose area is smaller: whether the danger is elsewhere now, or the area was wrong. The API asks for it.

import { nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { radios } from '../shell/fields.js';
import { messageAt } from './errors.js';

const ANSWERS = ['eased', 'wrong'];

/** @param {{alert: any, fields: import('./content.js').Fields, errors: {field: string, message: string}[], set: (values: object) => void}} form */
export function areaChange({ alert, fields, errors, set }) {
  if (alert?.kind !== 'update') return nothing;
  return radios({
    name: 'area_change',
    legend: t('compose.areaChange'),
    hint: t('compose.areaChange.hint'),
    error: messageAt(errors, 'area_change'),
    value: fields.values.area_change ?? alert.area_change ?? '',
    options: ANSWERS.map((value) => ({ value, label: t(`compose.areaChange.${value}`) })),
    onchange: (value) => set({ area_change: value }),
  });
}
