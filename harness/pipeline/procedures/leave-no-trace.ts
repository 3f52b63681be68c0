import { randomBytes } from 'node:crypto';
import type { Fixture, Operation } from '../../model.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../cell.ts';
import { type SendSpec, type Sent, send } from '../send.ts';
import { keyOf } from '../tools.ts';
import { type Lookup, lookups } from './lookups.ts';
import { type Found, procedureOutcome, StepFailed } from './outcome.ts';

/**
 * Tries every write with a key that has to be refused and looks with the owner's write key, before and after,
 * whether anything was created or changed.
 */
export async function leaveNoTrace(context: CellContext): Promise<CellOutcome[]> {
  const outcomes: CellOutcome[] = [];
  for (const operation of context.planned.operations) {
    const blocked = blockedReason(context.session, context.planned, operation);
    outcomes.push(
      blocked === undefined
        ? await tryWrite(context, operation)
        : procedureOutcome(context, operation, [], [], blocked),
    );
  }
  return outcomes;
}

async function tryWrite(context: CellContext, operation: Operation): Promise<CellOutcome> {
  const { session, planned } = context;
  const { scenario } = planned;
  const key =
    scenario.key === undefined || scenario.key === 'none' ? undefined : keyOf(session, {}, scenario.key);
  const { found, sent, undecided, silent } = await attemptWrite(context, operation, {
    key,
    forge: scenario.forge,
  });
  return procedureOutcome(context, operation, found, sent, undecided ?? silent);
}

/** What an attempt to write left behind, and why that cannot be told, or why the attempt had no answer. */
interface Attempted {
  readonly found: readonly Found[];
  readonly sent: readonly Sent[];
  readonly undecided?: string;
  readonly silent?: string;
}

/** Writes with a credential, at an address, that has to be refused, and looks as the owner before and after. */
export async function attemptWrite(
  context: CellContext,
  operation: Operation,
  credential: Pick<SendSpec, 'key' | 'forge' | 'baseUrl'>,
): Promise<Attempted> {
  const lookup = lookups[operation.id];
  if (lookup === undefined) {
    return { found: [], sent: [], undecided: 'nothing in the API shows what this operation did' };
  }
  const sent: Sent[] = [];
  const once = () => attempt(context, operation, lookup, sent, credential);
  try {
    const first = await once();
    // Somebody else may have used the same things in between: such a trace has to show twice.
    const again = first.trace !== undefined && lookup.unmistakable !== true;
    const second = again ? await once() : first;
    const found: Found[] =
      second.trace === undefined
        ? []
        : [{ kind: 'side-effect', message: second.trace, sent: second.attempt }];
    const silent = first.attempt.exchange.failure?.message;
    return { found, sent, ...(silent === undefined ? {} : { silent }) };
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    return { found: [], sent, undecided: error.message };
  }
}

async function attempt(
  context: CellContext,
  operation: Operation,
  lookup: Lookup,
  sent: Sent[],
  credential: Pick<SendSpec, 'key' | 'forge' | 'baseUrl'>,
): Promise<{ readonly attempt: Sent; readonly trace: string | undefined }> {
  const { session, planned } = context;
  const { scenario } = planned;
  const variant = scenario.request ?? 'traced-read';
  const set = session.state.fixture[variant as keyof Fixture];
  const marker = await session.tape.fact(
    `the text that ${operation.id} writes`,
    () => `conformance ${randomBytes(5).toString('hex')}`,
  );
  const before = await lookup.look(session, set, marker, sent);
  const made = await send(session, {
    operation,
    variant,
    marker,
    scenario: { id: planned.id, title: scenario.title },
    ...credential,
  });
  sent.push(made);
  const after = await lookup.look(session, set, marker, sent);
  return { attempt: made, trace: lookup.trace(before, after, marker) };
}
