import { defined } from '../../model/defined.ts';
import type { ExchangeRecord, Finding, FindingKind, Operation } from '../../model/index.ts';
import { verdictOf } from '../verdict/judgement.ts';
import type { CellContext, CellOutcome } from './cell.ts';
import type { Sent } from './send.ts';

/** A step that did not go as a procedure needs it; the cell is inconclusive for this reason. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

/** What a procedure found on one operation. */
export interface Found {
  readonly kind: FindingKind;
  readonly message: string;
  readonly sent?: Sent;
}

/** Builds the outcome of one operation from what was found and sent. */
export function procedureOutcome(
  context: CellContext,
  operation: Operation,
  found: readonly Found[],
  sent: readonly Sent[],
  undecided?: string,
): CellOutcome {
  const { session, planned, observer } = context;
  const findings: Finding[] = found.map(({ kind, message, sent: at }) => ({
    kind,
    requirement: planned.requirement.id,
    message,
    ...(at === undefined ? {} : { exchange: at.exchange.id }),
  }));
  const records: ExchangeRecord[] = sent.map(({ record }) => record);
  const verdict =
    undecided !== undefined && findings.length === 0
      ? 'inconclusive'
      : verdictOf(findings, planned.requirement.level, session.state.options.strict);
  return {
    cell: {
      operation: operation.id,
      verdict,
      ...defined({ reason: undecided }),
      findings,
      exchanges: sent.map(({ exchange }) => exchange.id),
    },
    records,
    observed: sent.flatMap(({ exchange }) =>
      observer(
        exchange,
        findings.length > 0,
        findings.some(({ kind }) => kind === 'let-in'),
      ),
    ),
  };
}

/** Says why a cell came to what it did, or to another verdict. */
export function withReason(
  outcome: CellOutcome,
  reason: string,
  verdict = outcome.cell.verdict,
): CellOutcome {
  return { ...outcome, cell: { ...outcome.cell, verdict, reason } };
}

/** The JSON body of a successful answer; throws StepFailed where there is none. */
export function answerOf(sent: Sent, what: string): Record<string, unknown> {
  const { response, failure } = sent.exchange;
  if (response === undefined) throw new StepFailed(`${what}: ${failure?.message ?? 'no answer'}`);
  if (response.status < 200 || response.status >= 300) {
    throw new StepFailed(`${what} is answered ${response.status}`);
  }
  try {
    const value: unknown = JSON.parse(response.body);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Falls through to the one sentence below.
  }
  throw new StepFailed(`${what} is answered with something that is not a JSON object`);
}
