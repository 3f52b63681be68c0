import { cpus, loadavg, totalmem } from 'node:os';
import { markersOf, withBlock } from '../../generate/readme-block.ts';
import type { Measurement } from './measure.ts';
import { connections, type DelayedRun, type Result, type SuiteResult } from './runners.ts';

/** What was measured at one number of operations: the suite, and other programs with the same requests. */
export interface Scale {
  readonly suite: SuiteResult;
  readonly undici: Result;
  /** Missing if it would take too long. */
  readonly checked?: Result;
  /** Messages that the suite sends and no HTTP library can send. */
  readonly leftOut: number;
}

/** All measurements. */
export interface Figures {
  /** By the number of operations; the first one is in the main table. */
  readonly scales: readonly Scale[];
  readonly unchecked: Result;
  readonly empty: Measurement;
  /** Depth quick over loopback. */
  readonly quick: DelayedRun;
  /** Over a network. */
  readonly far: readonly DelayedRun[];
  readonly slow?: DelayedNewman;
}

/** newman over a network, with part of the requests. */
export interface DelayedNewman extends Result {
  readonly roundTripMs: number;
}

/** The name of the block in harness/README.md. */
const mark = 'bench';

/** The figures as Markdown, with the date and the machine. */
export function figuresOf({ scales, unchecked, empty, quick, far, slow }: Figures): string {
  const [first] = scales;
  if (first?.checked === undefined) return 'Nothing was measured.';
  const { suite, undici: floor, checked, leftOut } = first;
  return [
    machine(),
    table(
      ['', 'requests', 'wall', 'CPU', 'requests/s', 'memory', 'largest process'],
      [
        row(`this suite, ${whole(suite.cells)} cells judged, with report`, suite),
        row('newman, each request with a test of its status', checked),
        row('newman, nothing tested', unchecked),
        row('undici, 16 at a time, no checks', floor),
        row(`Playwright alone, ${whole(suite.scenarios)} empty tests`, empty),
      ],
    ),
    `By requests a second the suite is ${times(suite, checked)} times as fast as newman with tests, ${times(suite, unchecked)} times as fast as newman without, and undici is ${times(floor, suite)} times as fast as the suite. Left out for the others: ${whole(leftOut)} messages that no HTTP library sends.`,
    table(
      ['operations', 'cells', 'cells/s', 'wall', 'CPU', 'memory', 'largest', 'report.html', 'report.json'],
      scales.map(({ suite: one }) => [
        `${one.times}x`,
        whole(one.cells),
        whole(one.cells / one.wallSeconds),
        seconds(one.wallSeconds),
        seconds(one.cpuSeconds),
        mebibytes(one.memoryMiB),
        mebibytes(one.largestMiB),
        megabytes(one.htmlBytes),
        megabytes(one.jsonBytes),
      ]),
    ),
    table(
      [
        'operations',
        'the suite is faster than newman',
        'undici is faster than the suite',
        'newman',
        'undici',
      ],
      scales.map(({ suite: own, undici: least, checked: other }) => [
        `${own.times}x`,
        other === undefined ? 'not run' : `${times(own, other)} times`,
        `${times(least, own)} times`,
        other === undefined ? 'not run' : `${seconds(other.wallSeconds)}, ${mebibytes(other.memoryMiB)}`,
        `${seconds(least.wallSeconds)}, ${mebibytes(least.memoryMiB)}`,
      ]),
    ),
    `Depth quick on loopback: ${whole(quick.requests)} requests in ${seconds(quick.wallSeconds)} from start to end of the command, of which ${seconds(quick.startSeconds)} are before the first one.`,
    ...overNetwork(far, slow),
  ].join('\n\n');
}

/** The lower limit over a network: the requests alone, this many at a time, with no other work. */
function overNetwork(far: readonly DelayedRun[], slow: DelayedNewman | undefined): string[] {
  if (far.length === 0) return [];
  const bound = ({ requests, roundTripMs }: DelayedRun): number =>
    (requests * roundTripMs) / 1000 / connections;
  const newman =
    slow === undefined
      ? []
      : [
          `newman, ${whole(slow.requests)} of the same requests at ${slow.roundTripMs} ms: ${seconds(slow.wallSeconds)}, ${whole(slow.requests / slow.wallSeconds)} requests/s.`,
        ];
  return [
    table(
      [
        'round trip',
        'depth',
        'requests',
        'wall',
        'start',
        'requests x round trip / 16',
        'ratio',
        'without the start',
      ],
      far.map((one) => [
        `${one.roundTripMs} ms`,
        one.depth,
        whole(one.requests),
        seconds(one.wallSeconds),
        seconds(one.startSeconds),
        seconds(bound(one)),
        (one.wallSeconds / bound(one)).toFixed(2),
        ((one.wallSeconds - one.startSeconds) / bound(one)).toFixed(2),
      ]),
    ),
    ...newman,
  ];
}

/** A text with the figures between its two marks; throws if it has no marks. */
export function withFigures(text: string, figures: string): string {
  const [open, close] = markersOf(mark);
  return withBlock(text, mark, `${open}\n\n${figures}\n\n${close}`);
}

function row(name: string, one: Measurement & Partial<Result>): string[] {
  return [
    name,
    one.requests === undefined ? '' : whole(one.requests),
    seconds(one.wallSeconds),
    seconds(one.cpuSeconds),
    one.requests === undefined ? '' : whole(one.requests / one.wallSeconds),
    mebibytes(one.memoryMiB),
    mebibytes(one.largestMiB),
  ];
}

/** How many times as many requests a second the first one makes as the second. */
function times(one: Result, other: Result): string {
  const rate = ({ requests, wallSeconds }: Result): number => requests / wallSeconds;
  return (rate(one) / rate(other)).toFixed(1);
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
