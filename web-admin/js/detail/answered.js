// What a question asks beside yes: why, or until when.

import { t } from '../i18n/index.js';
import { field, textarea } from '../shell/fields.js';
import { fromWarsaw, toWarsaw } from '../time/warsaw.js';

const LONGEST_REASON = 500; // characters; openapi.yaml, Reason

/**
 * @param {string} name "reason" or "expires" @param {{alert: any, redrawQuestion: () => void}} page
 * @returns {{field: () => unknown, body: () => object | null}} `body` is null while nothing can be sent
 */
export function answered(name, page) {
  let value = name === 'expires' ? toWarsaw(new Date(page.alert.expires)) : '';
  const oninput = (event) => {
    value = event.target.value;
    page.redrawQuestion();
  };
  const id = `answer-${name}`;
  if (name !== 'expires') {
    const body = () => (value.trim() && value.length <= LONGEST_REASON ? { [name]: value } : null);
    return { field: () => textarea({ id, label: t('question.reason'), hint: t('question.reason.hint'), rows: 3, input: { value, oninput } }), body };
  }
  const body = () => {
    const [moment] = fromWarsaw(value);
    return moment && moment > new Date(page.alert.expires) ? { expires: moment.toISOString() } : null;
  };
  return { field: () => field({ id, label: t('question.expires.until'), hint: t('compose.zone'), input: { type: 'datetime-local', value, oninput } }), body };
}
