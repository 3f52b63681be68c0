import type { Operation } from '../../model/index.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome, unanswered } from '../session/outcome.ts';
import { type SentRequest, send, statusOf } from '../session/send.ts';

const fillBytes = 300 * 1024;

/**
 * Sends a header section that is too large, then a normal request: the first must be rejected, the second must work.
 */
export async function oversizedHeaderIsHarmless(context: CellContext): Promise<CellOutcome[]> {
  const outcomes: CellOutcome[] = [];
  for (const operation of context.planned.operations) outcomes.push(await tryOversized(context, operation));
  return outcomes;
}

async function tryOversized(context: CellContext, operation: Operation): Promise<CellOutcome> {
  const { session, planned } = context;
  const blocked = blockedReason(session, planned, operation);
  if (blocked !== undefined) return procedureOutcome(context, operation, [], [], blocked);
  const { write } = session.state.target.keys;
  const common = { operation, scenario: { id: planned.id, title: planned.scenario.title } };
  const oversized = await send(session, {
    ...common,
    key: undefined,
    variant: 'valid',
    present: { lines: [`X-Fill: ${'x'.repeat(fillBytes)}`] },
  });
  const healthy = await send(session, { ...common, key: write, variant: 'repeatable' });
  const sent = [oversized, healthy];
  const found = [...judgeOversized(oversized), ...judgeHealthy(healthy)];
  const undecided = healthy.exchange.failure === undefined ? undefined : unanswered(healthy);
  return procedureOutcome(context, operation, found, sent, undecided);
}

/** Closing the connection during the header is also a rejection. */
function judgeOversized(sent: SentRequest): ProcedureFinding[] {
  const status = statusOf(sent);
  if (status === undefined || (status >= 400 && status < 500)) return [];
  const kind = status >= 500 ? 'server-error' : status < 300 ? 'let-in' : 'redirect';
  return [
    {
      kind,
      message: `a header section of ${fillBytes / 1024} KiB without a key gets ${status}`,
      sent,
    },
  ];
}

function judgeHealthy(sent: SentRequest): ProcedureFinding[] {
  const status = statusOf(sent);
  if (status === undefined || (status < 500 && status !== 401 && status !== 403)) return [];
  const message = `the next request with the unmodified key gets ${status}`;
  return [{ kind: status >= 500 ? 'server-error' : 'shut-out', message, sent }];
}
