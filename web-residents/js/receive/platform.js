// Which browser on which system, for the steps to take in its settings. Guessed from the user agent, as nothing else tells.

/**
 * @param {string} agent
 * @param {number} touchPoints iPads call themselves Macs, but can be touched at more than one point
 * @returns {{system: "android" | "ios" | "windows" | "mac" | "other", browser: "chrome" | "firefox" | "safari" | "samsung"}}
 */
export function platform(agent = navigator.userAgent, touchPoints = navigator.maxTouchPoints) {
  return { system: systemOf(agent, touchPoints), browser: browserOf(agent) };
}

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
