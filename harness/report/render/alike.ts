import type { FindingKind } from '../../model/index.ts';
import type { CellReport, ExchangeReport, ScenarioReport } from '../../model/report.ts';
import { isRefusedOtherwise } from './advice.ts';

type Finding = CellReport['findings'][number];

/** How an operation is affected: the worst kind, and each wrong answer as a text. Equal texts mean the same defect. */
export interface Hit {
  readonly worst: FindingKind | undefined;
  /** Undefined entries are findings that equal no other one. */
  readonly answers: readonly (string | undefined)[];
  /**
   * Everything that was wrongly accepted came in one Authorization header with a text after Bearer, whatever the text.
   */
  readonly textAccepted?: boolean;
}

/**
 * What a finding shares with others of one defect: a rejection with the same wrong status or redirect, or a failure.
 * Undefined if it is about something that was accepted or sent.
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

/** Whether a finding says that a request was accepted and had a text after Bearer in its only Authorization header. */
export function isTextAccepted({ kind }: Finding, exchange: ExchangeReport | undefined): boolean {
  const values = exchange?.request.headers.filter(([name]) => name.toLowerCase() === 'authorization') ?? [];
  return kind === 'let-in' && values.length === 1 && /^bearer +\S/i.test(values[0]?.[1] ?? '');
}

/** The parts of two failing requirements that are compared. */
export interface Comparable {
  readonly requirement: { readonly id: string };
  readonly hits: ReadonlyMap<string, Hit>;
  /** How many operations were tried. */
  readonly tried: number;
}

/**
 * True if a requirement has only wrong answers that the other one has too: on the same operations, or anywhere if the
 * other one fails wherever it was tried. Servers fail for many reasons. `anyFailure`: one of the two is so plain that
 * it explains a failure as well.
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
