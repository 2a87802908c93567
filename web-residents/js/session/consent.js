// Whether somebody has agreed in this browser. Until then nothing of Firebase is loaded and nothing is written.

const KEY = 'agreed';

/** @returns {boolean} */
export const hasAgreed = () => localStorage.getItem(KEY) !== null;

/** Remembers the moment, which the resident can see under "about". */
export const agreedNow = () => localStorage.setItem(KEY, new Date().toISOString());

/** @returns {Date | null} */
export function agreedAt() {
  const text = localStorage.getItem(KEY);
  return text ? new Date(text) : null;
}

/** For one who leaves: the next start is a first one. */
export const forgetConsent = () => localStorage.removeItem(KEY);

/** @param {() => void} listener called when the resident has left in another window */
export const onConsentForgotten = (listener) => addEventListener('storage', () => hasAgreed() || listener());

/** Where one who left is led; the app is loaded anew there: nothing of the old session is left in memory. */
export const FAREWELL = '/app/me?left';
