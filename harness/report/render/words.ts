import type { CellVerdict, FindingKind, RequirementVerdict } from '../../model/index.ts';
import type { Report, RequirementReport } from '../../model/report.ts';
import { count } from './text.ts';

/** The verdicts of requirements in the order in which they are shown; what a reader looks for first is on the left. */
export const shownVerdicts = [
  'pass',
  'warn',
  'fail',
  'known',
  'inconclusive',
  'not-tested',
  'not-applicable',
] as const satisfies readonly RequirementVerdict[];

type TableVerdict = Exclude<(typeof shownVerdicts)[number], 'not-applicable'>;

/** The columns of a table of families: `known` only if there is a baseline. */
export function tableVerdicts({ baseline }: Pick<Report, 'baseline'>): readonly TableVerdict[] {
  return shownVerdicts
    .filter((verdict): verdict is TableVerdict => verdict !== 'not-applicable')
    .filter((verdict) => verdict !== 'known' || baseline !== undefined);
}

/** Any verdict that a reader meets. */
export type AnyVerdict = CellVerdict | RequirementVerdict | Report['profiles'][number]['verdict'];

/** How a verdict is shown: with a symbol and a word, so that colour is never the only sign. */
export interface Mark {
  readonly symbol: string;
  readonly word: string;
  /** Colour family, also the CSS class. */
  readonly tone: 'good' | 'bad' | 'care' | 'open' | 'known' | 'none';
}

const marks: Readonly<Record<AnyVerdict, Mark>> = {
  pass: { symbol: '✓', word: 'pass', tone: 'good' },
  warn: { symbol: '!', word: 'warn', tone: 'care' },
  fail: { symbol: '✕', word: 'fail', tone: 'bad' },
  known: { symbol: '◐', word: 'known', tone: 'known' },
  inconclusive: { symbol: '?', word: 'inconclusive', tone: 'open' },
  'not-tested': { symbol: '○', word: 'not tested', tone: 'none' },
  'not-applicable': { symbol: '–', word: 'not applicable', tone: 'none' },
  conformant: { symbol: '✓', word: 'conformant', tone: 'good' },
  nonconformant: { symbol: '✕', word: 'nonconformant', tone: 'bad' },
  partial: { symbol: '◑', word: 'partial', tone: 'care' },
  'not-claimed': { symbol: '○', word: 'not claimed', tone: 'none' },
};

/** Symbol, word and tone of a verdict. */
export function markOf(verdict: AnyVerdict): Mark {
  return marks[verdict];
}

/** The level that a requirement is shown with: a warning breaks no MUST, even if its requirement is one. */
export function shownLevel({
  level,
  verdict,
}: Pick<RequirementReport, 'level' | 'verdict'>): RequirementReport['level'] {
  return verdict === 'warn' ? 'SHOULD' : level;
}

/** What to do after the demo; undefined if the run named a server. */
export function afterDemo({ target }: Pick<Report, 'target'>): string | undefined {
  return target.embedded === true
    ? 'This was a demo against the embedded reference server; to test your server, set MUFI_BASE_URL, MUFI_WRITE_KEY and MUFI_READ_KEY.'
    : undefined;
}

/**
 * How the verdict of a run is shown. A run against the embedded reference server is a demo and never looks like a pass.
 */
export function markOfRun(report: Pick<Report, 'verdict' | 'target'>): Mark {
  const mark = markOf(report.verdict);
  if (afterDemo(report) === undefined) return mark;
  return { ...mark, word: `demo: ${mark.word}`, tone: mark.tone === 'good' ? 'known' : mark.tone };
}

/** That the target slowed the run down, and to what; undefined if it did not. */
export function slowedInWords({
  slowestPerSecond: rate,
}: Pick<Report, 'slowestPerSecond'>): string | undefined {
  return rate === undefined
    ? undefined
    : `The target answered 429 or 503 to many requests, so the run slowed down, at times to ${count(rate, 'request')} a second. A higher limit for the address of this run makes it faster.`;
}

/** The verdict of a run in words; says so if somebody ended the run early. */
export function verdictInWords(report: Pick<Report, 'verdict' | 'target' | 'interrupted'>): string {
  const { word } = markOfRun(report);
  return report.interrupted ? `${word}, interrupted` : word;
}

const kinds: Readonly<Record<FindingKind, string>> = {
  'let-in': 'accepted',
  'side-effect': 'left a trace',
  leak: 'leaked',
  'server-error': 'server error',
  'wrong-status': 'wrong status',
  'shut-out': 'denied access',
  'bad-body': 'wrong body',
  'bad-challenge': 'bad challenge',
  redirect: 'redirected',
  inconsistent: 'inconsistent answers',
  'weak-tls': 'weak TLS',
  'unsafe-header': 'unsafe header',
  'bad-key': 'unsuitable key',
};

/** A finding kind in words: "accepted". */
export function kindInWords(kind: FindingKind): string {
  return kinds[kind];
}
