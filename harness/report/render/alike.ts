import type { FindingKind } from '../../model/index.ts';
import type { CellReport, ExchangeReport, ScenarioReport } from '../../model/report.ts';
import { isRefusedOtherwise } from './advice.ts';

type Finding = CellReport['findings'][number];

/** How an operation is hit: the worst kind, and each wrong answer as a text that equals that of the same defect. */
export interface Hit {
  readonly worst: FindingKind | undefined;
  /** Undefined among them: a finding that no other one equals. */
  readonly answers: readonly (string | undefined)[];
  /** All that was wrongly accepted came as one Authorization header with a text after Bearer, whatever the text. */
  readonly textAccepted?: boolean;
}

/**
 * What a finding has in common with others of one defect: refused, and with the same wrong status or redirect, or
 * failed. Undefined where it speaks of what was accepted or sent.
 */
export function defectOf(
  { kind }: Finding,
  exchange: ExchangeReport | undefined,
  { due }: Pick<ScenarioReport, 'due'>,
): string | undefined {
  const status = exchange?.response?.status;
  if (status === undefined) return undefined;
  const who = exchange?.seems?.inFront?.name ?? (exchange?.seems?.inFront === undefined ? '' : 'in front');
  if (kind === 'server-error') return `${failed}${status} ${who}`;
  if (!isRefusedOtherwise(kind, status)) return undefined;
  return kind === 'redirect' ? `redirect ${who}` : `${due} ${status} ${who}`;
}

const failed = 'failed ';

/** Whether a finding says that a request was accepted which had a text after Bearer in its one Authorization header. */
export function isTextAccepted({ kind }: Finding, exchange: ExchangeReport | undefined): boolean {
  const values = exchange?.request.headers.filter(([name]) => name.toLowerCase() === 'authorization') ?? [];
  return kind === 'let-in' && values.length === 1 && /^bearer +\S/i.test(values[0]?.[1] ?? '');
}

/** What is compared of two failing requirements. */
export interface Comparable {
  readonly requirement: { readonly id: string };
  readonly hits: ReadonlyMap<string, Hit>;
  /** How many operations were tried. */
  readonly tried: number;
}

/**
 * True where a requirement fails with nothing but the wrong answers with which the other one fails: on the same
 * operations, or anywhere where the other one fails wherever it was tried. Servers that fail do so for many reasons;
 * `anyFailure`: one of the two is so plain that it explains a failure as well.
 */
export function isAnsweredAlike(cause: Comparable, other: Comparable, anyFailure: boolean): boolean {
  const everywhere = cause.hits.size > 0 && cause.hits.size === cause.tried;
  const all = new Set([...cause.hits.values()].flatMap(({ answers }) => answers));
  return (
    other.hits.size > 0 &&
    [...other.hits].every(([operation, { answers }]) => {
      const there = cause.hits.get(operation)?.answers;
      return answers.every(
        (answer) =>
          answer !== undefined &&
          (anyFailure || !answer.startsWith(failed)) &&
          (there?.includes(answer) || (everywhere && all.has(answer))),
      );
    })
  );
}
