import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { defined } from '../../model/defined.ts';
import type { Fixture, Operation } from '../../model/index.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { type Found, procedureOutcome, StepFailed } from '../session/outcome.ts';
import { type SendSpec, type Sent, send } from '../session/send.ts';
import { keyOf } from '../session/session.ts';
import { type Lookup, lookups } from './lookups.ts';

/** A queue that carries out what was refused gets so long before the owner looks again. */
const longPauseMs = 700;

/** A credential that has to be refused, and where it is sent. */
type Credential = Pick<SendSpec, 'key' | 'forge' | 'baseUrl' | 'method' | 'present'>;

/** What an attempt to write left behind, and why that cannot be told, or why the attempt had no answer. */
interface Attempted {
  readonly found: readonly Found[];
  /** Grows where the owner looks again. */
  readonly sent: Sent[];
  readonly undecided?: string;
  readonly silent?: string;
}

/** An attempt after which nothing was found yet. */
interface Open {
  readonly made: Sent;
  /** Looks again; answers a sentence where the write has happened since the last look. */
  again(): Promise<string | undefined>;
}

/**
 * Tries every write with a key that has to be refused and looks with the owner's write key, before and after, and once
 * more after a pause, whether anything was created or changed.
 */
export async function leaveNoTrace(context: CellContext): Promise<CellOutcome[]> {
  const { session, planned } = context;
  const { scenario } = planned;
  const { key: role, forge, method, present } = scenario;
  const key = role === undefined || role === 'none' ? undefined : keyOf(session, {}, role);
  const credential = { key, forge, method, present };
  const tried: Tried[] = [];
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

type Tried = Attempted & { readonly operation: Operation; readonly open?: Open };
type Late = Pick<Attempted, 'found' | 'undecided'>;

/** Looks again at what showed nothing, after one pause for all of it. */
async function lookAgain(
  context: CellContext,
  tried: readonly Tried[],
  credential: Credential,
): Promise<ReadonlyMap<Operation, Late>> {
  const late = new Map<Operation, Late>();
  if (tried.some(({ open }) => open !== undefined)) await pause(context);
  for (const { operation, open, sent } of tried) {
    if (open === undefined) continue;
    const looked = await decided(async () => {
      const trace = await open.again();
      if (trace === undefined) return { found: [] };
      if (lookups[operation.id]?.unmistakable === true) return { found: [traceOf(trace, open.made)] };
      return { found: await confirmed(context, operation, credential, sent) };
    });
    late.set(operation, looked);
  }
  return late;
}

/** Tries a write again that somebody else may have done in between: such a trace has to show twice. */
async function confirmed(
  context: CellContext,
  operation: Operation,
  credential: Credential,
  sent: Sent[],
): Promise<Found[]> {
  const second = await attempt(context, operation, sent, credential);
  if (second.trace !== undefined) return [traceOf(second.trace, second.open.made)];
  await pause(context);
  const trace = await second.open.again();
  return trace === undefined ? [] : [traceOf(trace, second.open.made)];
}

async function pause({ session }: CellContext): Promise<void> {
  await session.tape.fact('a pause before the owner looks again', async () => {
    const { pauseMs = longPauseMs } = session.state;
    await sleep(pauseMs);
    return pauseMs;
  });
}

function traceOf(message: string, sent: Sent): Found {
  return { kind: 'side-effect', message, sent };
}

/** A step that did not go as it has to leaves it undecided. */
async function decided(work: () => Promise<Late>): Promise<Late> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    return { found: [], undecided: error.message };
  }
}

/** Writes with a credential, at an address, that has to be refused, and looks as the owner before and after. */
export async function attemptWrite(
  context: CellContext,
  operation: Operation,
  credential: Credential,
): Promise<Attempted & { readonly open?: Open }> {
  if (lookups[operation.id] === undefined) {
    return { found: [], sent: [], undecided: 'nothing in the API shows what this operation did' };
  }
  const sent: Sent[] = [];
  let first: Shown | undefined;
  const { found, undecided } = await decided(async () => {
    first = await attempt(context, operation, sent, credential);
    // Somebody else may have used the same things in between: such a trace has to show twice.
    const again = first.trace !== undefined && lookups[operation.id]?.unmistakable !== true;
    const second = again ? await attempt(context, operation, sent, credential) : first;
    return { found: second.trace === undefined ? [] : [traceOf(second.trace, second.open.made)] };
  });
  const silent = first?.open.made.exchange.failure?.message;
  return {
    found,
    sent,
    ...defined({ undecided, silent }),
    ...(first === undefined || undecided !== undefined || found.length > 0 ? {} : { open: first.open }),
  };
}

interface Shown {
  readonly open: Open;
  readonly trace: string | undefined;
}

async function attempt(
  context: CellContext,
  operation: Operation,
  sent: Sent[],
  credential: Credential,
): Promise<Shown> {
  const { session, planned } = context;
  const { scenario } = planned;
  const lookup = lookups[operation.id] as Lookup;
  const variant = scenario.request ?? 'traced-read';
  const set = session.state.fixture[variant as keyof Fixture];
  const marker = await session.tape.fact(
    `the text that ${operation.id} writes`,
    () => `conformance ${randomBytes(5).toString('hex')}`,
  );
  let last = await lookup.look(session, set, marker, sent);
  const made = await send(session, {
    operation,
    variant,
    marker,
    scenario: { id: planned.id, title: scenario.title },
    ...credential,
  });
  sent.push(made);
  const again = async (): Promise<string | undefined> => {
    const before = last;
    last = await lookup.look(session, set, marker, sent);
    return lookup.trace(before, last, marker);
  };
  return { trace: await again(), open: { made, again } };
}
