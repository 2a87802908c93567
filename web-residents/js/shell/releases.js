// A page that was open over a deployment: its files are of two releases, or not to be had any more.

const RELOADED = 'reloaded'; // ms, when the page last loaded anew by itself
const RARELY = 60_000; // ms

/** A module lacks what another one asks of it, or is not there and the site starts with another one by now. @param {unknown} error */
export const isOfTwoReleases = async (error) => error instanceof SyntaxError || (error instanceof TypeError && (await isReplaced()));

async function isReplaced() {
  const started = document.querySelector('script[type="module"]')?.getAttribute('src');
  const answer = await fetch('/', { cache: 'no-store' }).catch(() => null);
  const page = answer?.ok ? await answer.text() : '';
  return page.includes('<div id="app">') && !page.includes(`src="${started}"`);
}

/** The page loads anew by itself, but only once in a while: else it could do so for ever. */
export function reloadedOnce() {
  const last = Number(sessionStorage.getItem(RELOADED));
  if (Date.now() - last < RARELY) return false;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
  return true;
}
