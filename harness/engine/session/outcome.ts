import { defined } from '../../model/defined.ts';
import {
  because,
  type ExchangeRecord,
  type Finding,
  type FindingKind,
  isSuccess,
  type Operation,
  objectIn,
  type Reason,
} from '../../model/index.ts';
import { NotForgeable } from '../credentials/not-forgeable.ts';
import { verdictOfFindings } from '../verdict/judgement.ts';
import type { CellContext, CellOutcome } from './cell.ts';
import type { SentRequest } from './send.ts';

/** A step of a procedure failed; the cell is inconclusive for this reason. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
  readonly because: Reason;

  constructor(reason: Reason) {
    super(reason.code);
    this.because = reason;
  }
}

/** What a procedure found on one operation. */
export interface ProcedureFinding {
  readonly kind: FindingKind;
  readonly message: string;
  readonly sent?: SentRequest;
  readonly tells?: string | undefined;
}

/** Builds the outcome of one operation from the findings and the exchanges. */
export function procedureOutcome(
  context: CellContext,
  operation: Operation,
  found: readonly ProcedureFinding[],
  sent: readonly SentRequest[],
  undecided?: Reason,
): CellOutcome {
  const { session, planned, observer } = context;
  const findings: Finding[] = found.map(({ kind, message, tells, sent: at }) => ({
    kind,
    requirement: planned.requirement.id,
    message,
    ...defined({ exchange: at?.exchange.id, tells }),
  }));
  const records: ExchangeRecord[] = sent.map(({ record }) => record);
  const verdict =
    undecided !== undefined && findings.length === 0
      ? 'inconclusive'
      : verdictOfFindings(findings, planned.requirement.level, session.state.options.strict);
  return {
    cell: {
      operation: operation.id,
      verdict,
      ...defined({ because: undecided }),
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

/** Why there is no answer. */
export function unanswered({ exchange }: SentRequest): Reason {
  return because('no-answer', { message: exchange.failure?.message });
}

/** Adds the reason of a verdict, or changes the verdict. */
export function withReason(
  outcome: CellOutcome,
  reason: Reason,
  verdict = outcome.cell.verdict,
): CellOutcome {
  return { ...outcome, cell: { ...outcome.cell, verdict, because: reason } };
}

/** The outcome of an operation if the target lacks what its request names; throws every other error again. */
export function notApplicable(
  context: CellContext,
  operation: Operation,
  sent: readonly SentRequest[],
  error: unknown,
): CellOutcome {
  if (!(error instanceof NotForgeable)) throw error;
  return withReason(procedureOutcome(context, operation, [], sent), error.because, 'not-applicable');
}

/** A step of a procedure, with its operation if the name does not include it. */
export interface NamedStep {
  readonly step: 'look-up';
  readonly operation?: string;
}

/** The JSON body of a success; throws StepFailure if there is none. */
export function jsonBodyOf(sent: SentRequest, step: NamedStep): Record<string, unknown> {
  const { response, failure } = sent.exchange;
  if (response === undefined) {
    throw new StepFailure(because('step-unanswered', { ...step, message: failure?.message }));
  }
  if (!isSuccess(response.status)) {
    throw new StepFailure(because('step-answered', { ...step, status: response.status }));
  }
  const body = objectIn(response.body);
  if (body === undefined) throw new StepFailure(because('step-not-json', { ...step }));
  return body;
}
