// The area without the map: a circle by numbers, corners by coordinates, GeoJSON pasted or from a file.

import { html, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { field, group, radios, textarea } from '../shell/fields.js';
import { focusOn } from '../shell/failure.js';
import { AreaError, parseGeojson } from './geojson.js';
import { circle, parseCorners, parsePoint, withHole } from './shapes.js';

const LARGEST_FILE = 5_000_000; // bytes
const LARGEST_RADIUS = 50_000; // metres

/**
 * @param {ReturnType<import('./model.js').createArea>} area
 * @param {{centre: () => number[], onAdded: () => void, draw: () => void}} around
 *   `centre` is the middle of the map, [longitude, latitude]
 */
export function createNumbers(area, { centre, onAdded, draw }) {
  const state = { point: '', radius: '200', corners: '', kind: 'part', geojson: '', errors: {} };

  const fail = (id, key) => {
    state.errors = { [id]: t(key) };
    draw();
    queueMicrotask(() => focusOn(id));
  };

  /** Runs `work`; an AreaError is shown at the field `id`. */
  const attempt = (id, work) => {
    state.errors = {};
    try {
      work();
      onAdded();
      draw();
    } catch (error) {
      if (!(error instanceof AreaError)) throw error;
      fail(error.field ?? id, error.message);
    }
  };

  const addCircle = () =>
    attempt('circle-point', () => {
      const middle = parsePoint(state.point);
      const radius = Number(state.radius.replace(',', '.'));
      if (!(radius > 0 && radius <= LARGEST_RADIUS)) throw new AreaError('area.error.radius', 'circle-radius');
      area.add(circle(middle, radius));
    });

  const addCorners = () =>
    attempt('corners', () => {
      const ring = parseCorners(state.corners);
      const next = state.kind === 'hole' ? withHole(area.parts, ring) : [...area.parts, [ring]];
      if (!next) throw new AreaError('area.error.hole');
      area.set(next);
    });

  const addGeojson = () => attempt('geojson', () => area.set([...area.parts, ...parseGeojson(state.geojson)]));

  const readFile = async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    if (file.size > LARGEST_FILE) return fail('geojson-file', 'area.error.fileSize');
    const text = await file.text();
    event.target.value = '';
    attempt('geojson-file', () => area.set([...area.parts, ...parseGeojson(text)]));
  };

  const fillPoint = ([longitude, latitude]) => {
    state.point = `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;
    draw();
  };

  const here = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => fillPoint([coords.longitude, coords.latitude]),
      () => fail('circle-point', 'area.error.position'),
      { enableHighAccuracy: true, timeout: 15_000 },
    );

  const input = (name) => ({ value: state[name], oninput: (event) => (state[name] = event.target.value) });
  const button = (key, onclick) =>
    html`<button type="button" class="govuk-button govuk-button--secondary" @click=${onclick}>${t(key)}</button>`;

  const circleForm = () => html`
    ${field({ id: 'circle-point', label: t('circle.point'), hint: t('circle.point.hint'), error: state.errors['circle-point'], input: input('point') })}
    <div class="button-row">${button('circle.fromMap', () => fillPoint(centre()))} ${button('circle.here', here)}</div>
    ${field({
      id: 'circle-radius',
      label: t('circle.radius'),
      error: state.errors['circle-radius'],
      input: { ...input('radius'), inputmode: 'decimal', short: true },
    })}
    ${button('circle.add', addCircle)}
  `;

  const cornersForm = () => html`
    ${textarea({ id: 'corners', label: t('corners.label'), hint: t('corners.hint'), error: state.errors.corners, input: { ...input('corners'), code: true } })}
    ${radios({
      name: 'corners-kind',
      legend: t('corners.kind'),
      value: state.kind,
      inline: true,
      options: [
        { value: 'part', label: t('corners.part') },
        { value: 'hole', label: t('corners.hole') },
      ],
      onchange: (value) => {
        state.kind = value;
        draw();
      },
    })}
    ${button('corners.add', addCorners)}
  `;

  const geojsonForm = () => html`
    ${textarea({ id: 'geojson', label: t('geojson.label'), hint: t('geojson.hint'), error: state.errors.geojson, input: { ...input('geojson'), code: true } })}
    ${button('geojson.add', addGeojson)}
    ${group(
      { id: 'geojson-file', label: t('geojson.file'), error: state.errors['geojson-file'] },
      html`<input
        class="govuk-file-upload"
        type="file"
        id="geojson-file"
        accept=".geojson,.json,application/geo+json,application/json"
        aria-describedby=${state.errors['geojson-file'] ? 'geojson-file-error' : nothing}
        @change=${readFile}
      />`,
    )}
  `;

  const fold = (key, body) => html`<details class="govuk-details">
    <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t(key)}</span></summary>
    <div class="govuk-details__text">${body}</div>
  </details>`;

  return {
    template: () => html`
      <h3 class="govuk-heading-s">${t('area.withoutMap')}</h3>
      ${fold('circle.title', circleForm())} ${fold('corners.title', cornersForm())} ${fold('geojson.title', geojsonForm())}
    `,
  };
}
