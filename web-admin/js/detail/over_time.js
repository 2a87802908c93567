// The figures since the start of sending: a line for each, and the same numbers as a table.

import { html, nothing, svg } from '../../vendor/lit-html.js';
import { number, t } from '../i18n/index.js';
import { people } from '../shell/people.js';
import { duration } from './duration.js';

const LINES = ['accepted', 'received', 'opened'];
const ROWS = 8; // of the table
const WIDTH = 360;
const HEIGHT = 190;
const EDGE = { top: 22, right: 12, bottom: 26, left: 8 };
const STRETCH = 30; // seconds; up to here the axis is nearly even, from there each step is a multiple of the last
const TICKS = [10, 60, 600, 3600, 6 * 3600, 86400, 7 * 86400, 28 * 86400];
const TICK_ROOM = 52; // between the middles of two labels

const START = { seconds: 0, accepted: 0, received: 0, opened: 0 };

function scales(points) {
  const last = points.at(-1);
  const longest = Math.max(last.seconds, TICKS[0]);
  const most = Math.max(1, ...LINES.map((line) => last[line] ?? 0));
  const stretched = (seconds) => Math.log1p(seconds / STRETCH) / Math.log1p(longest / STRETCH);
  return {
    longest,
    most,
    x: (seconds) => EDGE.left + stretched(seconds) * (WIDTH - EDGE.left - EDGE.right),
    y: (value) => HEIGHT - EDGE.bottom - (value / most) * (HEIGHT - EDGE.top - EDGE.bottom),
  };
}

/** The largest first: the end of the axis is worth more than its middle. */
function ticks({ longest, x }) {
  const chosen = [];
  for (const seconds of TICKS.filter((tick) => tick <= longest).reverse()) {
    if (chosen.every((other) => x(other) - x(seconds) >= TICK_ROOM)) chosen.push(seconds);
  }
  return chosen;
}

const path = (points, line, { x, y }) =>
  points.map((point) => `${x(point.seconds).toFixed(1)},${y(point[line] ?? 0).toFixed(1)}`).join(' ');

const tick = (seconds, { x }) => svg`
  <line class="chart__tick" x1=${x(seconds)} x2=${x(seconds)} y1=${EDGE.top} y2=${HEIGHT - EDGE.bottom} />
  <text class="chart__label" x=${Math.min(x(seconds), WIDTH - 24)} y=${HEIGHT - 8} text-anchor="middle">${duration(seconds)}</text>`;

const chart = (points) => {
  const scale = scales(points);
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${t('overTime.chart')}>
    <line class="chart__axis" x1=${EDGE.left} x2=${WIDTH - EDGE.right} y1=${scale.y(0)} y2=${scale.y(0)} />
    <text class="chart__label" x=${EDGE.left} y=${EDGE.top - 8}>${number(scale.most)}</text>
    ${ticks(scale).map((seconds) => tick(seconds, scale))}
    ${LINES.map((line) => svg`<polyline class="chart__line chart__line--${line}" points=${path(points, line, scale)} />`)}
  </svg>`;
};

const legend = () => html`<ul class="chart__legend" aria-hidden="true">
  ${LINES.map(
    (line) => html`<li>
      <svg class="chart__sample" viewBox="0 0 28 8"><line class="chart__line chart__line--${line}" x1="0" x2="28" y1="4" y2="4" /></svg>
      ${t(`figures.${line}`)}
    </li>`,
  )}
</ul>`;

/** How much happened between a point and the one before it. */
const growth = (points, index) => LINES.reduce((sum, line) => sum + points[index][line] - (points[index - 1] ?? START)[line], 0);

/** A few of the points: the newest, and those at which most happened. */
export function chosenRows(points) {
  const last = points.length - 1;
  const most = points
    .map((_, index) => index)
    .slice(0, last)
    .sort((one, other) => growth(points, other) - growth(points, one) || other - one);
  return [...most.slice(0, ROWS - 1), last].sort((one, other) => one - other).map((index) => points[index]);
}

/** @param {any[]} points @param {unknown} caption */
const table = (points, caption = nothing) => html`<table class="govuk-table figures-table" aria-label=${t('overTime.title')}>
  ${caption}
  <thead>
    <tr>
      <th scope="col">${t('overTime.after')}</th>
      ${LINES.map((line) => html`<th scope="col" class="figures-table__number">${t(`short.${line}`)}</th>`)}
    </tr>
  </thead>
  <tbody>
    ${points.map(
      (point) => html`<tr>
        <th scope="row">${duration(point.seconds)}</th>
        ${LINES.map((line) => html`<td class="figures-table__number">${people(point[line])}</td>`)}
      </tr>`,
    )}
  </tbody>
</table>`;

const caption = () => html`<caption class="govuk-visually-hidden">${t('overTime.title')}</caption>`;

/** Every point that the chart has, folded: a month has a hundred of them. */
const everyPoint = (series) => html`<details class="govuk-details" data-fold="series">
  <summary class="govuk-details__summary">
    <span class="govuk-details__summary-text">${t('overTime.all', { count: series.length })}</span>
  </summary>
  <div class="govuk-details__text">${table(series)}</div>
</details>`;

/** @param {{seconds: number, accepted: number | null, received: number | null, opened: number | null}[] | undefined} series */
export const overTime = (series) =>
  series?.length
    ? html`<h3 class="govuk-heading-s">${t('overTime.title')}</h3>
        <div class="columns">
          <div>${chart([START, ...series])} ${legend()}</div>
          <div>${table(chosenRows(series), caption())} ${series.length > ROWS ? everyPoint(series) : nothing}</div>
        </div>`
    : nothing;
