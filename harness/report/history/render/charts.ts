import { type Fragment, markup } from '../../render/html/fragment.ts';
import { dateInWords, duration, figure } from '../../render/text.ts';
import type { HistoryNight } from '../model.ts';

const [width, height] = [300, 96];
/** Margins of the drawing, with room for the figures of the axis. */
const [left, right, top, bottom] = [8, 8, 18, 18];

interface Series {
  readonly title: string;
  readonly amountIn: (night: HistoryNight) => number;
  readonly inWords: (value: number) => string;
}

const plain = (value: number): string => figure(Math.round(value * 10) / 10);
const series: readonly Series[] = [
  { title: 'Failing requirements', amountIn: ({ failing }) => failing, inWords: plain },
  { title: 'Checks (cells)', amountIn: ({ counts }) => counts.cells, inWords: plain },
  { title: 'Duration', amountIn: ({ durationMs }) => durationMs, inWords: duration },
  { title: 'Requests a second', amountIn: ({ requestsPerSecond }) => requestsPerSecond, inWords: plain },
];

/** Counts and speed over the nights as small charts. A night that could not decide is a gap in every line. */
export function chartSection(nights: readonly HistoryNight[]): Fragment {
  if (!nights.some(({ decided }) => decided)) return markup``;
  return markup`
<section id="charts" aria-labelledby="charts-title">
  <h2 id="charts-title">Counts and speed <small>a dashed line is a night that could not decide</small></h2>
  <div class="charts">${series.map((one) => chartOf(one, nights))}</div>
</section>`;
}

function chartOf({ title, amountIn, inWords }: Series, nights: readonly HistoryNight[]): Fragment {
  const values = nights.map((night) => (night.decided ? Math.max(0, amountIn(night)) : undefined));
  const known = values.filter((value) => value !== undefined);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const last = inWords(known.at(-1) ?? 0);
  const x = (at: number): number =>
    round(left + (nights.length === 1 ? 0.5 : at / (nights.length - 1)) * (width - left - right));
  const y = (value: number): number =>
    round(height - bottom - (most === 0 ? 0 : value / most) * (height - top - bottom));
  const said = `${title}: ${last} in the last night that could decide, from ${inWords(least)} to ${inWords(most)} over all`;
  return markup`<figure>
  <figcaption>${title} <span>${last}</span></figcaption>
  <svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${said}">
    ${values.map((value, at) => (value === undefined ? markup`<line x1="${x(at)}" x2="${x(at)}" y1="${top - 4}" y2="${height - bottom}"/>` : ''))}
    ${unbroken(values).map(
      (points) =>
        markup`<polyline points="${points.map(({ value, at }) => `${x(at)},${y(value)}`).join(' ')}"/>`,
    )}
    ${values.map((value, at) =>
      value === undefined
        ? ''
        : markup`<circle class="${at === values.findLastIndex((one) => one !== undefined) ? 'last' : ''}" cx="${x(at)}" cy="${y(value)}" r="2.5"><title>${dateInWords(nights[at]?.startedAt ?? '')}: ${inWords(value)}</title></circle>`,
    )}
    <text x="${left}" y="12">most ${inWords(most)}</text>
    <text x="${left}" y="${height - 5}">${dayOf(nights[0])}</text>
    ${nights.length === 1 ? '' : markup`<text class="far" x="${width - right}" y="${height - 5}">${dayOf(nights.at(-1))}</text>`}
  </svg>
</figure>`;
}

interface Point {
  readonly value: number;
  readonly at: number;
}

/** The stretches between the gaps. */
function unbroken(values: readonly (number | undefined)[]): Point[][] {
  const stretches: Point[][] = [[]];
  for (const [at, value] of values.entries()) {
    if (value === undefined) stretches.push([]);
    else stretches.at(-1)?.push({ value, at });
  }
  return stretches.filter(({ length }) => length > 1);
}

function dayOf(night: HistoryNight | undefined): string {
  return night === undefined ? '' : new Date(night.startedAt).toISOString().slice(0, 10);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
