import { setTimeout as sleep } from 'node:timers/promises';
import { defined } from '../../model/defined.ts';
import {
  because,
  type Depth,
  isAccepted,
  type Key,
  type Operation,
  type Reason,
  type Timeline,
} from '../../model/index.ts';
import { ControlError, type ControlledKey } from '../key-control/protocol.ts';
import { mostSilences } from '../probe/presence.ts';
import type { RawConnection } from '../probe/raw-connection.ts';
import type { CellContext, CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome, StepFailure } from '../session/outcome.ts';
import { type SentRequest, send, statusOf } from '../session/send.ts';
import type { Session } from '../session/session.ts';
import { isFar } from '../session/session-state.ts';
import { type MadeKey, makeWriteKey } from './made-key.ts';
import { surelySeenMs } from './staleness-power.ts';

/**
 * Connections of each round. Many connections find races in a busy server. Few get answers so quickly that a
 * short-lived cache has not expired yet.
 */
const rounds: Readonly<Record<Depth, readonly number[]>> = { full: [6, 2, 6, 2, 6, 2], quick: [4, 1] };
/** If the target is far away, so many rounds run at a time. */
const farAtATime = 2;
/** Uses of the old key by each connection before and after the regeneration, if answers are quick. */
const usesBefore: Readonly<Record<Depth, number>> = { full: 8, quick: 4 };
const usesAfter: Readonly<Record<Depth, number>> = { full: 40, quick: 18 };
/** If answers take longer, uses during this many milliseconds before and after are enough, but not fewer than these. */
const [beforeMs, afterMs] = [80, 400];
const [fewestBefore, fewestAfter] = [3, 8];
/** The minimum number of requests on one operation. */
export function linearizableUses(depth: Depth): number {
  return rounds[depth].reduce((sum, connections) => sum + connections, 0) * (fewestBefore + fewestAfter);
}
/** A target that restarts loses connections for a moment; this many uses are repeated after a pause. */
const mostLosses = 40;
const lossPauseMs = 50;
/** A slow key control must not make the log grow without end. */
const mostBefore = 600;

/**
 * Sends the old key over several connections, again and again, while it is regenerated. It is a violation if a request
 * that began after the answer to the regeneration had ended is accepted: the documentation says "immediately".
 */
export async function regenerationIsLinearizable(context: CellContext): Promise<CellOutcome[]> {
  const outcomes: CellOutcome[] = [];
  for (const operation of context.planned.operations) {
    let worst: Round | undefined;
    const timelines: Timeline[] = [];
    let undecided: Reason | undefined;
    try {
      for await (const next of roundsOn(context, operation)) {
        undecided ??= next.undecided;
        timelines.push(next.timeline);
        if (worst === undefined || next.timeline.longestStalenessMs > worst.timeline.longestStalenessMs)
          worst = next;
      }
    } catch (error) {
      if (!(error instanceof ControlError || error instanceof StepFailure)) throw error;
      undecided = error.because;
    }
    const outcome = procedureOutcome(context, operation, worst?.found ?? [], worst?.kept ?? [], undecided);
    const power = defined({ surelySeenMs: surelySeenMs(timelines) });
    outcomes.push(worst === undefined ? outcome : { ...outcome, timeline: { ...worst.timeline, ...power } });
  }
  return outcomes;
}

interface Round {
  readonly timeline: Timeline;
  readonly found: readonly ProcedureFinding[];
  /** Only some uses are kept as evidence: the latest accepted one, or the last. */
  readonly kept: readonly SentRequest[];
  /** The shortest time of an answer, in milliseconds. */
  readonly nearestMs: number;
  /** Set if the round shows nothing: the key never worked, or was never rejected. */
  readonly undecided?: Reason;
}

/** Every round has a new key. The keys are created one after the other, even if rounds run in parallel. */
async function* roundsOn(context: CellContext, operation: Operation): AsyncGenerator<Round> {
  const { session } = context;
  const left = rounds[session.state.options.depth].map((connections, at) => ({ connections, round: at + 1 }));
  let atATime = isFar(session.state.nearestMs) ? farAtATime : 1;
  while (left.length > 0) {
    const next = left.splice(0, atATime);
    const made: MadeKey[] = [];
    for (const { round } of next) {
      made.push(await makeWriteKey(session, `write key while it is regenerated, round ${round}`));
    }
    const done = await Promise.all(
      next.flatMap(({ connections, round }, at) => {
        const key = made[at];
        return key === undefined ? [] : [putUnderLoad(context, operation, { connections, round, made: key })];
      }),
    );
    yield* done;
    if (done.every(({ nearestMs }) => isFar(nearestMs))) atATime = farAtATime;
  }
}

interface Load {
  readonly connections: number;
  /** Counts from 1. */
  readonly round: number;
  readonly made: MadeKey;
}

async function putUnderLoad(
  context: CellContext,
  operation: Operation,
  { connections, round: number, made: { id, key, control } }: Load,
): Promise<Round> {
  const { session } = context;
  let sent: readonly SentRequest[] = [];
  const { askedMs, answeredMs, uses } = await session.cassette.value(
    `round ${number} on ${operation.id}`,
    async () => {
      const made = await useWhileRegenerated(context, operation, connections, key, () =>
        control.regenerateKey(id),
      );
      sent = made.sent;
      return { ...made.times, uses: sent.map(({ exchange }) => exchange.id) };
    },
  );
  if (sent.length === 0) sent = await replayed(session, operation, key, uses);
  await control.revokeKey(id).catch(() => undefined);
  const round = judgeRound(sent, askedMs, answeredMs);
  const due = connections * usesAfterwards(session, sent, askedMs);
  return sent.length >= due
    ? round
    : { ...round, undecided: because('too-few-uses', { uses: sent.length, due }) };
}

/** The uses in a recording, in the order in which they ended. */
async function replayed(
  session: Session,
  operation: Operation,
  key: Key,
  uses: readonly string[],
): Promise<SentRequest[]> {
  const sent: SentRequest[] = [];
  for (const _use of uses) sent.push(await send(session, { operation, key, variant: 'repeatable' }));
  return sent.sort((one, other) => uses.indexOf(one.exchange.id) - uses.indexOf(other.exchange.id));
}

/** When the regeneration was requested and when it was answered, by `performance.now()`. */
interface Times {
  readonly askedMs: number;
  readonly answeredMs: number;
}

async function useWhileRegenerated(
  { session }: CellContext,
  operation: Operation,
  connections: number,
  key: Key,
  regenerate: () => Promise<ControlledKey>,
): Promise<{ readonly sent: readonly SentRequest[]; readonly times: Times }> {
  const sent: SentRequest[] = [];
  let left = Number.POSITIVE_INFINITY;
  let warm = 0;
  let isWarm: () => void = () => undefined;
  const warmed = new Promise<void>((resolve) => {
    isWarm = resolve;
  });
  const loops = Array.from({ length: connections }, async () => {
    let connection = await connectTo(session);
    let silentUses = 0;
    let losses = 0;
    let isReady = false;
    for (let use = 0; left > 0 && silentUses < mostSilences; use += 1) {
      left -= 1;
      if (left === Number.POSITIVE_INFINITY && sent.length >= mostBefore) {
        await sleep(20);
        continue;
      }
      if (!connection.open) connection = await connectTo(session);
      const one = await send(session, { operation, key, variant: 'repeatable', connection });
      sent.push(one);
      if (one.exchange.failure?.kind === 'broken' && losses < mostLosses) {
        losses += 1;
        left += 1;
        await sleep(lossPauseMs);
      }
      silentUses = one.exchange.failure?.kind === 'timeout' ? silentUses + 1 : 0;
      if (!isReady && use >= usesBeforehand(session, sent)) {
        isReady = true;
        warm += 1;
        if (warm === connections) isWarm();
      }
    }
    connection.close();
  });
  const running = Promise.all(loops);
  await Promise.race([warmed, running]);
  const askedMs = performance.now();
  const after = usesAfterwards(session, sent, askedMs);
  try {
    const next = await regenerate();
    session.redactor.add(next.key);
  } finally {
    left = connections * after;
  }
  const answeredMs = performance.now();
  await running;
  return { sent, times: { askedMs, answeredMs } };
}

/** How many uses of each connection come before the regeneration, by the times of the answers so far. */
function usesBeforehand({ state }: Session, sent: readonly SentRequest[]): number {
  return Math.min(
    usesBefore[state.options.depth],
    Math.max(fewestBefore, Math.ceil(beforeMs / roundTripMs(sent))),
  );
}

/** How many uses of each connection follow it, by the times of the answers before the request for it. */
function usesAfterwards({ state }: Session, sent: readonly SentRequest[], askedMs: number): number {
  const before = sent.filter(({ exchange }) => exchange.endedMs <= askedMs);
  return Math.min(
    usesAfter[state.options.depth],
    Math.max(fewestAfter, Math.ceil(afterMs / roundTripMs(before))),
  );
}

/** The shortest time of an answer in milliseconds: approximately the round trip. */
function roundTripMs(sent: readonly SentRequest[]): number {
  return Math.max(0.1, Math.min(...sent.map(({ exchange }) => exchange.endedMs - exchange.startedMs)));
}

/** A connection to the target. Throws StepFailure if it accepts none. */
export function connectTo(session: Session): Promise<RawConnection> {
  return session.prober.connect(session.state.baseUrl).catch(() => {
    throw new StepFailure(because('no-connection-under-load'));
  });
}

/** The result of the uses in a round; times are those of `performance.now()`. */
export function judgeRound(sent: readonly SentRequest[], askedMs: number, answeredMs: number): Round {
  const stale = sent.filter((use) => isAccepted(statusOf(use)) && use.exchange.startedMs > answeredMs);
  const stalest = stale.reduce<SentRequest | undefined>(
    (one, other) => (one === undefined || other.exchange.startedMs > one.exchange.startedMs ? other : one),
    undefined,
  );
  const round = (milliseconds: number): number => Math.round(milliseconds * 100) / 100;
  const longestStalenessMs = stalest === undefined ? 0 : round(stalest.exchange.startedMs - answeredMs);
  const uses = sent.map((use) => ({
    startMs: round(use.exchange.startedMs - askedMs),
    endMs: round(use.exchange.endedMs - askedMs),
    accepted: isAccepted(statusOf(use)),
  }));
  const late = stale.length === 1 ? '1 request' : `${stale.length} requests`;
  const isLast = sent.every(({ exchange }) => exchange.startedMs <= (stalest?.exchange.startedMs ?? 0));
  const open = isLast ? '; it was still accepted when the measurement ended' : '';
  const message = `${late} with the old key that began after the regeneration ended ${stale.length === 1 ? 'is' : 'are'} accepted, the last ${longestStalenessMs} ms later${open}`;
  const evidence = stalest ?? sent.at(-1);
  const lived = sent.some((use) => isAccepted(statusOf(use)) && use.exchange.startedMs < askedMs);
  const died = sent.some(({ exchange }) => exchange.response?.status === 401);
  return {
    timeline: { regenerationEndMs: round(answeredMs - askedMs), longestStalenessMs, uses },
    found: stalest === undefined ? [] : [{ kind: 'let-in', message, sent: stalest }],
    kept: evidence === undefined ? [] : [evidence],
    nearestMs: roundTripMs(sent),
    ...(lived && died ? {} : { undecided: because(lived ? 'key-never-refused' : 'key-never-accepted') }),
  };
}
