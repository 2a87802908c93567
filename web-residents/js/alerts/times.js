// Times as the clock in Poland shows them, whatever zone the phone is in.

const ZONE = 'Europe/Warsaw';
const LOCALES = { pl: 'pl-PL', en: 'en-GB', uk: 'uk-UA' };
const DAY = 24 * 60 * 60 * 1000;

const format = (language, options) => new Intl.DateTimeFormat(LOCALES[language], { timeZone: ZONE, ...options });
const day = (time) => format('en', { dateStyle: 'short' }).format(time);

export const clock = (time, language) => format(language, { timeStyle: 'short' }).format(new Date(time));

/** "dzisiaj, 14:05", "wczoraj, 9:30", else "20 lis 2026, 14:05". */
export function moment(time, language, now = Date.now()) {
  const at = new Date(time);
  const hour = clock(at, language);
  const near = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto' });
  for (const days of [0, -1, 1]) {
    if (day(at) === day(new Date(now + days * DAY))) return `${near.format(days, 'day')}, ${hour}`;
  }
  return `${format(language, { dateStyle: 'medium' }).format(at)}, ${hour}`;
}
