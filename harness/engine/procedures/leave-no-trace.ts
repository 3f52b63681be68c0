import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { defined } from '../../model/defined.ts';
import {
  because,
  type FixtureSet,
  isSuccess,
  type JsonValue,
  type Operation,
  type Reason,
} from '../../model/index.ts';
import { namedByOthers } from '../matrix/fixture-sets.ts';
import { known } from '../matrix/operations/index.ts';
import type { Lookup, Trace } from '../matrix/operations/lookup.ts';
import { fillPath, type RequestParts } from '../matrix/requests.ts';
import { blockedReason, type CellContext, type CellOutcome, keyFor } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome, StepFailure } from '../session/outcome.ts';
import { pauseBeforeRepeat } from '../session/repeat.ts';
import { type SendSpec, type SentRequest, send } from '../session/send.ts';
import { askAsOwner } from './lookups.ts';

/** How long the owner waits before looking again, in case a queue carries out rejected writes. */
const longPauseMs = 700;

/** A credential that must be rejected, and where it is sent. */
type Credential = Pick<SendSpec, 'key' | 'forge' | 'baseUrl' | 'method' | 'present'>;

/** What an attempt to write left behind. If unknown: why, or why the attempt had no answer. */
interface AttemptResult {
  readonly found: readonly ProcedureFinding[];
  /** Grows when the owner looks again. */
  readonly sent: SentRequest[];
  readonly undecided?: Reason;
  readonly silent?: Reason;
}

/** An attempt that has shown nothing so far. */
interface OpenAttempt {
  readonly made: SentRequest;
  readonly way: WayToWrite;
  /** Looks again; returns what the write has left since the last look. */
  again(): Promise<Trace | undefined>;
}

/**
 * Tries every write with a key that must be rejected. Before, after, and once more after a pause, it looks with the
 * owner's write key for anything that was created or changed.
 */
export async function leaveNoTrace(context: CellContext): Promise<CellOutcome[]> {
  const { session, planned } = context;
  const { scenario } = planned;
  const { forge, method, present } = scenario;
  const key = keyFor(context);
  const credential = { key, forge, method, present };
  const tried: OperationAttempt[] = [];
  for (const operation of planned.operations) {
    const blocked = blockedReason(session, planned, operation);
    tried.push(
      blocked === undefined
        ? { operation, ...(await attemptWrite(context, operation, credential)) }
        : { operation, found: [], sent: [], undecided: blocked },
    );
  }
  const late = await lookAgain(context, tried, credential);
  return tried.map(({ operation, sent, ...first }) => {
    const { found, undecided } = late.get(operation) ?? first;
    return procedureOutcome(context, operation, found, sent, undecided ?? first.silent);
  });
}

type OperationAttempt = AttemptResult & { readonly operation: Operation; readonly open?: OpenAttempt };
type Late = Pick<AttemptResult, 'found' | 'undecided'>;

/** Looks again at attempts that showed nothing, after one pause for all. */
async function lookAgain(
  context: CellContext,
  tried: readonly OperationAttempt[],
  credential: Credential,
): Promise<ReadonlyMap<Operation, Late>> {
  const late = new Map<Operation, Late>();
  if (tried.some(({ open }) => open !== undefined)) await pause(context);
  for (const { operation, open, sent } of tried) {
    if (open === undefined) continue;
    const looked = await decided(async () => {
      const trace = await open.again();
      if (trace === undefined) return { found: [] };
      if (trace.certain === true) return { found: [traceOf(trace, open.made)] };
      return { found: await confirmed(context, operation, open.way, credential, sent) };
    });
    late.set(operation, looked);
  }
  return late;
}

/** Repeats a write that somebody else may have done in between: such a trace must appear twice. */
async function confirmed(
  context: CellContext,
  operation: Operation,
  way: WayToWrite,
  credential: Credential,
  sent: SentRequest[],
): Promise<ProcedureFinding[]> {
  const second = await attempt(context, operation, way, sent, credential);
  if (second.trace !== undefined) return [traceOf(second.trace, second.open.made)];
  await pause(context);
  const trace = await second.open.again();
  return trace === undefined ? [] : [traceOf(trace, second.open.made)];
}

async function pause({ session }: CellContext): Promise<void> {
  await session.cassette.value('a pause before the owner looks again', async () => {
    const { pauseMs = longPauseMs } = session.state;
    await sleep(pauseMs);
    return pauseMs;
  });
}

function traceOf({ did }: Trace, sent: SentRequest): ProcedureFinding {
  const { response } = sent.exchange;
  const outcome =
    response === undefined ? 'unanswered' : isSuccess(response.status) ? 'accepted' : 'rejected';
  return { kind: 'side-effect', message: `the ${outcome} request ${did}`, sent };
}

/** A step that fails makes the result undecided. */
async function decided(work: () => Promise<Late>): Promise<Late> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    return { found: [], undecided: error.because };
  }
}

/** Writes with a credential, or to an address, that must be rejected, and looks as the owner before and after. */
export async function attemptWrite(
  context: CellContext,
  operation: Operation,
  credential: Credential,
): Promise<AttemptResult & { readonly open?: OpenAttempt }> {
  const way = wayToWrite(context, operation);
  if (way === undefined) {
    return { found: [], sent: [], undecided: because('effect-not-shown') };
  }
  const sent: SentRequest[] = [];
  let first: TraceResult | undefined;
  const { found, undecided } = await decided(async () => {
    first = await attempt(context, operation, way, sent, credential);
    // Somebody else may have used the same objects in between, or a page said before that there is none: such a trace
    // must appear twice.
    const again = first.trace !== undefined && first.trace.certain !== true;
    const second = again ? await attempt(context, operation, way, sent, credential) : first;
    return { found: second.trace === undefined ? [] : [traceOf(second.trace, second.open.made)] };
  });
  const failure = first?.open.made.exchange.failure;
  const silent = failure && because('no-answer', { message: failure.message });
  return {
    found,
    sent,
    ...defined({ undecided, silent }),
    ...(first === undefined || undecided !== undefined || found.length > 0 ? {} : { open: first.open }),
  };
}

/** How a write is built, if not as the operation is, and how its owner finds it. */
interface WayToWrite {
  readonly lookup: Lookup;
  parts?(set: FixtureSet, marker: string): RequestParts;
}

/** For another method than the operation's: what it could change on the path. Undefined if nothing shows an effect. */
function wayToWrite({ planned }: CellContext, operation: Operation): WayToWrite | undefined {
  const { lookup: usual, lookups, rewritten, path = () => ({}) } = known(operation) ?? {};
  const lookup = lookups?.[planned.scenario.request ?? 'valid'] ?? usual;
  if (!['PATCH', 'PUT'].includes(planned.scenario.method ?? '')) return lookup && { lookup };
  return (
    rewritten && {
      lookup: rewritten.lookup,
      parts: (set, marker) => ({
        path: fillPath(operation.path, path(set), ''),
        query: [],
        body: rewritten.body(set, marker) as JsonValue,
        succeeds: true,
      }),
    }
  );
}

interface TraceResult {
  readonly open: OpenAttempt;
  readonly trace: Trace | undefined;
}

async function attempt(
  context: CellContext,
  operation: Operation,
  way: WayToWrite,
  sent: SentRequest[],
  credential: Credential,
): Promise<TraceResult> {
  const { session, planned } = context;
  const { scenario } = planned;
  const { lookup, parts } = way;
  const variant = scenario.request ?? 'traced-read';
  const set = namedByOthers(session.state.fixture, variant);
  const marker = await session.cassette.value(
    `the text that ${operation.id} writes`,
    () => `conformance ${randomBytes(5).toString('hex')}`,
  );
  const ask = askAsOwner(session, sent);
  let last = await lookup.look(ask, set, marker);
  const made = await send(session, {
    operation,
    variant,
    marker,
    scenario: { id: planned.id, title: scenario.title },
    present: scenario.present,
    ...credential,
    ...defined({ parts: parts?.(set, marker) }),
  });
  sent.push(made);
  const again = async (): Promise<Trace | undefined> => {
    const before = last;
    last = await lookup.look(ask, set, marker);
    const trace = lookup.trace(before, last, marker);
    if (trace === undefined || last !== undefined || lookup.unmistakable !== true) return trace;
    // Something in front of the target may say once that an object is gone.
    await pauseBeforeRepeat(session, 0);
    last = await lookup.look(ask, set, marker);
    return lookup.trace(before, last, marker);
  };
  return { trace: await again(), open: { made, way, again } };
}
