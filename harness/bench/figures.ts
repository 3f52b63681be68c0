import { cpus, loadavg, totalmem } from 'node:os';
import { marksOf, withBlock } from '../marked-block.ts';
import type { Result, SuiteResult } from './contestants.ts';
import type { Measured } from './measure.ts';

/** Everything that was measured. */
export interface Figures {
  /** By scale; the first one is compared with the others. */
  readonly suite: readonly SuiteResult[];
  readonly floor: Result;
  readonly checked: Result;
  readonly unchecked: Result;
  readonly empty: Measured;
  readonly leftOut: number;
}

/** The name of the block in the README. */
const mark = 'bench';

/** The figures as Markdown, with the day and the machine. */
export function figuresOf({ suite, floor, checked, unchecked, empty, leftOut }: Figures): string {
  const [first] = suite;
  if (first === undefined) return 'Nothing was measured.';
  const rate = ({ requests, wallSeconds }: Result): number => requests / wallSeconds;
  const row = (name: string, one: Measured & Partial<Result>): string[] => [
    name,
    one.requests === undefined ? '' : whole(one.requests),
    seconds(one.wallSeconds),
    seconds(one.cpuSeconds),
    one.requests === undefined ? '' : whole(one.requests / one.wallSeconds),
    mebibytes(one.residentMiB),
    mebibytes(one.largestMiB),
  ];
  const times = (one: Result, other: Result): string => (rate(one) / rate(other)).toFixed(1);
  return [
    `${machine()}`,
    table(
      ['', 'requests', 'wall', 'CPU', 'requests/s', 'memory, all processes', 'largest process'],
      [
        row(`this suite, ${whole(first.cells)} cells judged, with report`, first),
        row('newman, each request with a test of its status', checked),
        row('newman, nothing tested', unchecked),
        row('undici, 16 at a time, nothing looked at', floor),
        row(`Playwright alone, ${whole(first.scenarios)} empty tests`, empty),
      ],
    ),
    `By requests a second the suite is ${times(first, checked)} times as fast as newman with tests, ${times(first, unchecked)} times as fast as newman without, and undici is ${times(floor, first)} times as fast as the suite. Left out for the others: ${whole(leftOut)} messages that no HTTP library sends.`,
    table(
      [
        'operations',
        'cells',
        'cells/s',
        'wall',
        'CPU',
        'memory, all',
        'largest',
        'report.html',
        'report.json',
      ],
      suite.map((one) => [
        `${one.times}x`,
        whole(one.cells),
        whole(one.cells / one.wallSeconds),
        seconds(one.wallSeconds),
        seconds(one.cpuSeconds),
        mebibytes(one.residentMiB),
        mebibytes(one.largestMiB),
        megabytes(one.htmlBytes),
        megabytes(one.jsonBytes),
      ]),
    ),
  ].join('\n\n');
}

/** A text with the figures between its two marks; throws where it has none. */
export function withFigures(text: string, figures: string): string {
  const [open, close] = marksOf(mark);
  return withBlock(text, mark, `${open}\n\n${figures}\n\n${close}`);
}

function machine(): string {
  const day = new Date().toISOString().slice(0, 10);
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[2]?.toFixed(1);
  return `Measured ${day} on ${cpus().length} x ${processor?.model.trim()}, ${memory} GiB, ${process.platform}, Node ${process.versions.node}; average load of the last 15 minutes, this benchmark included: ${load}.`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

const whole = (amount: number): string => Math.round(amount).toLocaleString('en-US');
const seconds = (amount: number): string => `${amount.toFixed(1)} s`;
const mebibytes = (amount: number): string => `${whole(amount)} MiB`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
