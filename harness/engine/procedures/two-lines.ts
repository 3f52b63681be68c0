import type { Operation } from '../../model/index.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome, unanswered } from '../session/outcome.ts';
import { type SentRequest, send } from '../session/send.ts';

const valid = 'Authorization: Bearer {key}';
const garbage = 'Authorization: Bearer not-a-key';
const orders: readonly (readonly [string, readonly string[]])[] = [
  ['the key first', [valid, garbage]],
  ['the key last', [garbage, valid]],
];
const repetitions = 4;

/**
 * Sends the same two Authorization lines again and again. Whichever line counts, it must always be the same one, so
 * that every hop of the target decides by the same line (RFC 9110 section 5.3). One request at a time: if two hops take
 * turns, two parallel operations would each always meet the same hop.
 */
export async function answeredConsistently(context: CellContext): Promise<CellOutcome[]> {
  const outcomes: CellOutcome[] = [];
  for (const operation of context.planned.operations) outcomes.push(await repeat(context, operation));
  return outcomes;
}

async function repeat(context: CellContext, operation: Operation): Promise<CellOutcome> {
  const { session, planned } = context;
  const blocked = blockedReason(session, planned, operation);
  if (blocked !== undefined) return procedureOutcome(context, operation, [], [], blocked);
  const all: SentRequest[] = [];
  const found: ProcedureFinding[] = [];
  for (const [order, lines] of orders) {
    const sent: SentRequest[] = [];
    for (let time = 0; time < repetitions; time += 1) {
      sent.push(
        await send(session, {
          operation,
          key: session.state.target.keys.write,
          variant: 'repeatable',
          present: { lines },
          scenario: { id: planned.id, title: planned.scenario.title },
        }),
      );
    }
    all.push(...sent);
    const answers = new Set(sent.flatMap(({ exchange }) => exchange.response?.status ?? []));
    if (answers.size > 1) {
      const message = `the same two lines, ${order}, get ${[...answers].sort().join(' and ')}`;
      found.push({ kind: 'inconsistent', message, ...(sent[0] === undefined ? {} : { sent: sent[0] }) });
    }
  }
  const silent = all.find(({ exchange }) => exchange.response === undefined);
  return procedureOutcome(context, operation, found, all, silent && unanswered(silent));
}
