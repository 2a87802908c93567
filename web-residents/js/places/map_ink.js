// The colours of maps: a canvas knows no stylesheet, so they are read from css/places.css, light, dark or the system's own.

const NAMES = [
  'paper', 'border', 'area', 'area-fill', 'doubt', 'doubt-fill', 'house', 'name', 'place', 'halo', 'pin', 'edge', 'mine',
];

const schemes = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => matchMedia(query));

/** @returns {Record<string, string>} by name, as canvases take colours */
export function mapInk() {
  const probe = document.createElement('span');
  probe.style.setProperty('forced-color-adjust', 'none');
  document.body.append(probe);
  const read = (name) => {
    probe.style.color = `var(--map-${name})`;
    return [name, globalThis.getComputedStyle(probe).color];
  };
  const ink = Object.fromEntries(NAMES.map(read));
  probe.remove();
  return ink;
}

/** @param {(ink: Record<string, string>) => void} listener called when the system's colours changed @returns {() => void} ends it */
export function onInkChange(listener) {
  const changed = () => listener(mapInk());
  for (const scheme of schemes) scheme.addEventListener('change', changed);
  return () => schemes.forEach((scheme) => scheme.removeEventListener('change', changed));
}
