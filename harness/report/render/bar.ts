import { styleText } from 'node:util';
import { figure, oneLine } from './text.ts';

/** How far a run is. */
export interface RunProgress {
  readonly done: number;
  readonly total: number;
  readonly family: string;
  readonly cells: number;
  readonly requests: number;
  /** The least number of requests that the remaining scenarios will send. */
  readonly requestsLeft: number;
  readonly failing: number;
  readonly inconclusive: number;
  readonly elapsedMs: number;
  /** Recent requests per second; undefined if not known yet. */
  readonly rate: number | undefined;
}

interface BarLayout {
  /** The number of scenarios that the bar shows as done. */
  readonly shown: number;
  readonly columns: number;
  readonly color: boolean;
}

type Color = 'red' | 'green' | 'cyan' | 'magenta' | 'dim' | 'bold';
type Part = readonly [text: string, color?: Color];

/** One line that fits the terminal; the least important parts are dropped first. */
export function barLine(standing: RunProgress, { shown, columns, color }: BarLayout): string {
  const room = Math.max(1, columns - 1);
  const share = standing.total === 0 ? 0 : Math.min(1, shown / standing.total);
  const percent: Part = [percentOf(standing).padStart(4), 'bold'];
  const optional: readonly (Part | undefined)[] = [
    standing.failing > 0 ? [`✕ ${figure(standing.failing)} failing`, 'red'] : undefined,
    [oneLine(standing.family).padEnd(13), 'cyan'],
    standing.inconclusive > 0 ? [`? ${figure(standing.inconclusive)} inconclusive`, 'magenta'] : undefined,
    [clock(standing.elapsedMs), 'dim'],
    [`${figure(standing.done)}/${figure(standing.total)} scenarios`, 'dim'],
    ...timing(standing).map((text): Part => [text, 'dim']),
    [`${figure(standing.cells)} cells`, 'dim'],
    [`${figure(standing.requests)} requests`, 'dim'],
  ];
  const barWidth = Math.max(0, Math.min(32, room - 6, Math.floor(room / 3)));
  let left = room - barWidth - 6;
  const parts: Part[] = [];
  for (const part of optional) {
    if (part === undefined) continue;
    if (part[0].length + 2 > left) break;
    left -= part[0].length + 2;
    parts.push(part);
  }
  const paint = ([text, tint]: Part): string => (color && tint ? styleText(tint, text) : text);
  const head = barWidth > 0 ? ` ${bar(share, barWidth, standing.failing > 0, color)}` : '';
  const line = `${head}${paint(percent)}${parts.map((part) => `  ${paint(part)}`).join('')}`;
  return room < 5 ? '' : line;
}

function bar(share: number, width: number, failing: boolean, color: boolean): string {
  const halves = Math.round(share * width * 2);
  const full = '━'.repeat(Math.floor(halves / 2));
  const done = halves % 2 === 1 ? `${full}╸` : full;
  const rest = (color ? '━' : '─').repeat(width - done.length);
  if (!color) return done + rest;
  return styleText(failing ? 'red' : 'green', done) + styleText('dim', rest);
}

/** One line for a log: what is done, of how much, and what was found so far. */
export function plainLine(standing: RunProgress): string {
  const { done, total, family, cells, requests, failing, inconclusive, elapsedMs } = standing;
  const figures = [
    `${figure(done)}/${figure(total)} scenarios`,
    `${figure(cells)} cells`,
    `${figure(requests)} requests`,
    `${figure(failing)} failing`,
    `${figure(inconclusive)} inconclusive`,
    clock(elapsedMs),
    ...timing(standing),
  ];
  return `${percentOf(standing).padStart(4)}  ${oneLine(family).padEnd(13)} ${figures.join(', ')}`;
}

/** Below this share the first scenarios do not predict the others. */
const enough = 0.1;

/** How fast requests are sent, and how long the remaining ones take at that rate. */
function timing({ done, total, requestsLeft, rate = 0 }: RunProgress): string[] {
  if (rate === 0 || done < total * enough || done === total) return [];
  return [`${figure(Math.round(rate))}/s`, `about ${clock(Math.ceil(requestsLeft / rate) * 1000)} left`];
}

function percentOf({ done, total }: RunProgress): string {
  return `${total === 0 ? 0 : Math.floor((done / total) * 100)}%`;
}

function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
