// How an alert comes again: asked when it is handed on, with the dates as the server says them.

import { html, nothing } from '../../vendor/lit-html.js';
import * as series from '../api/series.js';
import { Problem } from '../api/request.js';
import { locale, t } from '../i18n/index.js';
import { ask } from '../shell/dialog.js';
import { field, radios } from '../shell/fields.js';
import { formatTime, toWarsaw } from '../time/warsaw.js';

const DAYS = ['su', 'mo', 'tu', 'we', 'th', 'fr', 'sa']; // as Date.getUTCDay counts
const SHOWN = 8; // dates
const LAST = -1;
const YEAR = 365 * 24 * 60 * 60 * 1000;

/** The rules that a first date suits. @param {string} first "2027-03-28" */
function kindsOf(first) {
  const day = new Date(`${first}T00:00Z`);
  const number = day.getUTCDate();
  const length = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  const weekdays = [DAYS[day.getUTCDay()]];
  return {
    weekly: { frequency: 'weekly', weekdays },
    biweekly: { frequency: 'weekly', weekdays, interval: 2 },
    monthly: { frequency: 'monthly', month_day: number },
    ...(number === length ? { lastDay: { frequency: 'monthly', month_day: LAST } } : {}),
    ...(number <= 28 ? { nth: { frequency: 'monthly', weekdays, nth: Math.ceil(number / 7) } } : {}),
    ...(number + 7 > length ? { lastWeekday: { frequency: 'monthly', weekdays, nth: LAST } } : {}),
  };
}

/** Dates as people type them: "2027-12-24, 2027-12-31". @param {string} text */
const datesIn = (text) => text.split(/[\s,;]+/).filter(Boolean);

const datesList = (dates) => html`<p class="govuk-body">${t('repeat.dates', { count: dates.length })}</p>
  <ul class="govuk-list govuk-list--bullet">
    ${dates.slice(0, SHOWN).map(({ at }) => html`<li>${formatTime(at, locale(), { dateStyle: 'full', timeStyle: 'short' })}</li>`)}
  </ul>`;

/**
 * @param {string} sendAt the first moment, as the API has it
 * @returns {Promise<object | null>} the rule; null: it is not handed on
 */
export async function askHowOften(sendAt) {
  const local = toWarsaw(new Date(sendAt));
  const [first, at] = [local.slice(0, 10), local.slice(11)];
  const kinds = kindsOf(first);
  const chosen = { kind: 'weekly', until: toWarsaw(new Date(Date.parse(sendAt) + YEAR / 2)).slice(0, 10), except: '' };
  /** @type {import('../api/series.js').Occurrence[] | null} */
  let dates = null;
  let fault = '';
  let asked = 0;
  let draw = () => {};
  const rule = () => ({ ...kinds[chosen.kind], first, at, until: chosen.until, left_out: datesIn(chosen.except) });
  async function look() {
    const mine = (asked += 1);
    const found = await series.preview(rule()).catch((error) => error);
    if (mine !== asked) return;
    dates = Array.isArray(found) ? found : null;
    fault = dates ? '' : found instanceof Problem && found.errors.length ? found.errors.map(({ detail }) => detail).join(' ') : t('repeat.unknown');
    draw();
  }
  const change = (part) => {
    Object.assign(chosen, part);
    dates = null;
    draw();
    look();
  };
  const body = () => html`${radios({
      name: 'repeat-kind',
      legend: t('repeat.kind'),
      value: chosen.kind,
      options: Object.keys(kinds).map((value) => ({ value, label: t(`repeat.${value}`) })),
      onchange: (kind) => change({ kind }),
    })}
    ${field({ id: 'repeat-until', label: t('repeat.until'), input: { type: 'date', short: true, value: chosen.until, oninput: ({ target }) => change({ until: target.value }) } })}
    ${field({ id: 'repeat-except', label: t('repeat.except'), hint: t('repeat.except.hint'), input: { value: chosen.except, oninput: ({ target }) => change({ except: target.value }) } })}
    <div role="status">${fault ? html`<p class="govuk-error-message">${fault}</p>` : nothing}${dates ? datesList(dates) : nothing}</div>`;
  look();
  const yes = await ask({
    title: t('repeat.title'),
    confirm: t('compose.submit'),
    allowed: () => Boolean(dates?.length),
    body,
    ready: (redraw) => {
      draw = redraw;
    },
  });
  asked += 1; // what still comes is not drawn any more
  return yes ? rule() : null;
}

/**
 * The series, handed on to a second person. The server names faults of the content as of an alert.
 * @param {any} content as of an alert @param {object} recurrence @param {string} key the same for every try
 */
export async function handOnSeries(content, recurrence, key) {
  const made = await series.create({ content: { ...content, send_at: null }, recurrence }, key);
  return made.state === 'draft' ? series.act(made, 'submit') : made;
}
