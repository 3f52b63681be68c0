import type { ExchangeRecord, FindingKind } from '../../model.ts';
import { stands, verdictOf } from '../../verdict/judgement.ts';
import type { CellContext, CellOutcome } from '../cell.ts';
import { isServerFailure, onceThen } from '../once-more.ts';
import { runProcedure } from './index.ts';

/**
 * Runs the scenario's procedure, and all of it once more where the server failed on one of its requests: what does not
 * fail again on the same request decides nothing, as in a cell. One outcome an operation.
 */
export async function runConfirmedProcedure(context: CellContext): Promise<CellOutcome[]> {
  const first = await runProcedure(context);
  if (first.every((outcome) => failuresIn(outcome).length === 0)) return first;
  const again = await runProcedure(context);
  return first.map((outcome) => {
    const second = again.find(({ cell }) => cell.operation === outcome.cell.operation);
    return second === undefined ? outcome : together(context, outcome, second);
  });
}

/** Everything that both runs have sent and seen, judged by what no failure explains. */
function together(context: CellContext, first: CellOutcome, second: CellOutcome): CellOutcome {
  const failed = [failuresIn(first), failuresIn(second)] as const;
  const names = [failedRequests(first), failedRequests(second)] as const;
  const repeated = names[0].some((name) => names[1].includes(name));
  const both = {
    records: [...first.records, ...second.records],
    observed: [...seenIn(first, repeated), ...seenIn(second, repeated)],
  };
  const exchanges = [...first.cell.exchanges, ...second.cell.exchanges];
  const cell = { ...first.cell, exchanges };
  const standing = [...first.cell.findings, ...second.cell.findings].filter(stands);
  if (standing.length > 0) {
    const { level } = context.planned.requirement;
    const { reason: _reason, ...rest } = cell;
    const verdict = verdictOf(standing, level, context.session.state.options.strict);
    return { ...first, ...both, cell: { ...rest, verdict, findings: standing } };
  }
  const [failure] = [...failed[0], ...failed[1]];
  const isClear = failed[0].length === 0 && first.cell.findings.length > 0;
  if (failed[1].length === 0 && second.cell.findings.length > 0 && !isClear) {
    return { ...second, ...both, cell: { ...second.cell, exchanges } };
  }
  if (repeated || failure === undefined || failed[0].length === 0) return { ...first, ...both, cell };
  const reason = onceThen(failure.response?.status, 'no failure of the same request');
  return { ...first, ...both, cell: { ...cell, verdict: 'inconclusive', reason, findings: [] } };
}

/** What is wrong with every answer that fails, whatever it is to. */
const ofFailures: readonly FindingKind[] = ['server-error', 'wrong-status', 'bad-body', 'bad-challenge'];

/** What was observed; of an answer that failed and did not fail again only what is not due to that. */
function seenIn(outcome: CellOutcome, repeated: boolean): CellOutcome['observed'] {
  if (repeated) return outcome.observed;
  const failed = new Set(failuresIn(outcome).map(({ id }) => id));
  return outcome.observed.filter(
    ({ kind, exchange }) => !ofFailures.includes(kind) || !failed.has(exchange ?? ''),
  );
}

function failuresIn({ records }: CellOutcome): ExchangeRecord[] {
  return records.filter(({ response }) => isServerFailure(response?.status));
}

/** Requests that failed, by what they ask, with which credential, and the how manieth of its kind each is. */
function failedRequests({ records }: CellOutcome): string[] {
  const counts = new Map<string, number>();
  return records.flatMap(({ request, credential, response }) => {
    const name = [request.method, new URL(request.url).pathname, credential.description].join(' ');
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return isServerFailure(response?.status) ? [`${name} ${count}`] : [];
  });
}
