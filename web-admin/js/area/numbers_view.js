// The three forms for an area without the map, folded until they are wanted.

import { html, nothing } from '../../vendor/lit-html.js';
import { t } from '../i18n/index.js';
import { field, group, radios, textarea } from '../shell/fields.js';

/** An input that keeps what is typed in `numbers[name]`. */
const typed = (numbers, name) => ({
  value: numbers[name],
  oninput: (event) => {
    numbers[name] = event.target.value;
  },
});

const button = (key, onclick) =>
  html`<button type="button" class="govuk-button govuk-button--secondary" @click=${onclick}>${t(key)}</button>`;

const circleForm = (numbers) => html`
  ${field({
    id: 'circle-point',
    label: t('circle.point'),
    hint: t('circle.point.hint'),
    error: numbers.errors['circle-point'],
    input: typed(numbers, 'point'),
  })}
  <div class="button-row">${button('circle.fromMap', numbers.takeCentre)}</div>
  ${field({
    id: 'circle-radius',
    label: t('circle.radius'),
    error: numbers.errors['circle-radius'],
    input: { ...typed(numbers, 'radius'), inputmode: 'decimal', short: true },
  })}
  ${button('circle.add', numbers.addCircle)}
`;

const cornersForm = (numbers) => html`
  ${textarea({
    id: 'corners',
    label: t('corners.label'),
    hint: t('corners.hint'),
    error: numbers.errors.corners,
    input: { ...typed(numbers, 'corners'), code: true },
  })}
  ${radios({
    name: 'corners-kind',
    legend: t('corners.kind'),
    value: numbers.kind,
    inline: true,
    options: ['part', 'hole'].map((value) => ({ value, label: t(`corners.${value}`) })),
    onchange: numbers.chooseKind,
  })}
  ${button('corners.add', numbers.addCorners)}
`;

const file = (numbers, error) =>
  group(
    { id: 'geojson-file', label: t('geojson.file'), error },
    html`<input
      class="govuk-file-upload"
      type="file"
      id="geojson-file"
      accept=".geojson,.json,application/geo+json,application/json"
      aria-describedby=${error ? 'geojson-file-error' : nothing}
      @change=${numbers.addFile}
    />`,
  );

const MOST_NAMED = 20;

/** Which element of the file, why it was left out. @param {import('./geojson.js').LeftOut} left */
const leftOut = ({ number, name, key, parameters }) =>
  html`<li>${t(name ? 'geojson.leftNamed' : 'geojson.left', { number, name, reason: t(key, parameters) })}</li>`;

/** What came of a file: how many parts, and which of its elements are no area. */
const report = ({ taken }) =>
  taken
    ? html`<div class="govuk-inset-text" id="geojson-taken" role="status">
        <p>${t('geojson.taken', { count: taken.count })}</p>
        ${taken.left.length
          ? html`<p>${t('geojson.leftOut', { count: taken.left.length })}</p>
              <ul class="govuk-list govuk-list--bullet">${taken.left.slice(0, MOST_NAMED).map(leftOut)}</ul>`
          : nothing}
      </div>`
    : nothing;

const geojsonForm = (numbers) => html`
  ${report(numbers)}
  ${textarea({
    id: 'geojson',
    label: t('geojson.label'),
    hint: t('geojson.hint'),
    error: numbers.errors.geojson,
    input: { ...typed(numbers, 'geojson'), code: true },
  })}
  ${button('geojson.add', numbers.addGeojson)} ${file(numbers, numbers.errors['geojson-file'])}
`;

const fold = (key, body) => html`<details class="govuk-details">
  <summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t(key)}</span></summary>
  <div class="govuk-details__text">${body}</div>
</details>`;

/** @param {import('./numbers.js').Numbers} numbers */
export const numbersView = (numbers) => html`
  <h3 class="govuk-heading-s">${t('area.withoutMap')}</h3>
  ${fold('circle.title', circleForm(numbers))} ${fold('corners.title', cornersForm(numbers))}
  ${fold('geojson.title', geojsonForm(numbers))}
`;
