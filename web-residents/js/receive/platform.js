// Which browser on which system, for the steps to take in its settings. Guessed from the user agent, as nothing else tells.

/**
 * @param {string} agent
 * @param {number} touchPoints iPads call themselves Macs, but can be touched at more than one point
 * @returns {{version: number, embedded: boolean, system: "android" | "ios" | "windows" | "mac" | "other", browser: "chrome" | "firefox" | "safari" | "samsung"}} `version`: of the
 *   system on an iPhone or iPad (16.4), else 0; `embedded`: a browser within another app, which shows no notifications
 */
export function platform(agent = navigator.userAgent, touchPoints = navigator.maxTouchPoints) {
  const system = systemOf(agent, touchPoints);
  return { system, browser: browserOf(agent), version: system === 'ios' ? versionOf(agent) : 0, embedded: EMBEDDED.test(agent) };
}

/** Macs have a system's version in their agent that never changes, and Safari's, which is that of an iPad. */
function versionOf(agent) {
  const [, major = 0, minor = 0] = /\bOS (\d+)_(\d+)|Version\/(\d+)\.(\d+)/.exec(agent)?.filter(Boolean) ?? [];
  return Number(`${major}.${minor}`);
}

// Facebook, Messenger, Instagram, Line, Snapchat, X; Android's WebView; of iPhones what has no "Safari" in its name.
const EMBEDDED = /FBA[NV]|FB_IAB|FBIOS|Instagram|Messenger|\bLine\/|Snapchat|Twitter|; wv\)|(iPhone|iPad)(?!.*Safari)/;

function systemOf(agent, touchPoints) {
  if (/iPhone|iPad|iPod/.test(agent)) return 'ios';
  if (/Macintosh/.test(agent)) return touchPoints > 1 ? 'ios' : 'mac';
  if (/Android/.test(agent)) return 'android';
  return /Windows/.test(agent) ? 'windows' : 'other';
}

function browserOf(agent) {
  if (/SamsungBrowser/.test(agent)) return 'samsung';
  if (/Firefox|FxiOS/.test(agent)) return 'firefox';
  return /Chrome|Chromium|CriOS|Edg/.test(agent) ? 'chrome' : 'safari';
}

/** The key of the steps that allow notifications again after they were refused. */
export function stepsToAllow({ system, browser }) {
  if (system === 'ios') return 'receive.steps.ios';
  if (system === 'android') return `receive.steps.android.${browser === 'safari' ? 'chrome' : browser}`;
  return `receive.steps.desktop.${browser === 'samsung' ? 'chrome' : browser}`;
}

/** The key of the steps when the browser is allowed and yet nothing appears. */
export const stepsOfSystem = ({ system }) => `receive.steps.system.${system}`;
