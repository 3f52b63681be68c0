import { because, type Forgery, type Operation, type Reason } from '../../model/index.ts';
import { NotForgeable } from '../credentials/not-forgeable.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome, unanswered, withReason } from '../session/outcome.ts';
import { type SentRequest, send, statusOf } from '../session/send.ts';
import { keyOf } from '../session/session.ts';

/** This many answers before the costly key show the cost of a cheap key; if it is not in time, one or more after it too. */
const cheapAnswers = 3;
/** How many requests a server that still works on the costly key gets to recover. */
const mostWaits = 5;
/**
 * One answer in time proves that the costly key costs nothing. A server that is busy with other work gets this many
 * rounds.
 */
const mostRounds = 3;
/** Milliseconds that load alone may add to an answer, though not every time. */
const noiseMs = 250;
const muchMs = 1_000;
/** If a cheap key takes longer than this, the reason for a slow answer cannot be determined. */
const slowMs = 500;

/**
 * The times of one round, in milliseconds: answers to cheap keys before and after, and the answer to the costly key.
 */
export interface CostlyTimes {
  readonly cheapMs: readonly number[];
  readonly costlyMs: number;
  readonly timedOut: boolean;
}

/**
 * Late: the costly key takes many times as long as a cheap one before and after, because a slow or busy server is slow
 * with both. Undecided: the time is between late and in time, or a time limit of the request hides it.
 */
export function judgeTimes({ cheapMs, costlyMs, timedOut }: CostlyTimes): 'in time' | 'late' | 'undecided' {
  const [usualMs, longestMs] = [median(cheapMs), Math.max(...cheapMs)];
  const isQuick = usualMs <= slowMs;
  if (isQuick && costlyMs > 8 * usualMs + muchMs && costlyMs > 2 * longestMs + muchMs) return 'late';
  return !timedOut && costlyMs <= 2 * longestMs + noiseMs ? 'in time' : 'undecided';
}

/** Sends a key that is expensive to open between cheap keys of the same form, and compares the times. */
export async function costlyKeyIsAnsweredInTime(context: CellContext): Promise<CellOutcome[]> {
  const outcomes: CellOutcome[] = [];
  for (const operation of context.planned.operations) outcomes.push(await tryCostly(context, operation));
  return outcomes;
}

async function tryCostly(context: CellContext, operation: Operation): Promise<CellOutcome> {
  const { session, planned } = context;
  const forge = planned.scenario.forge ?? {};
  const blocked = blockedReason(session, planned, operation);
  if (blocked !== undefined) return procedureOutcome(context, operation, [], [], blocked);
  const sent: SentRequest[] = [];
  const ask = async (forgery: Forgery): Promise<SentRequest> => {
    const { id, scenario } = planned;
    const answer = await send(session, {
      operation,
      key: keyOf(session, {}, 'write'),
      variant: 'repeatable',
      forge: forgery,
      scenario: { id, title: scenario.title },
    });
    sent.push(answer);
    return answer;
  };
  try {
    let judged = await oneRound(ask, forge);
    for (let round = 1; round < mostRounds && judged.isOpen; round += 1)
      judged = later(judged, await oneRound(ask, forge));
    return procedureOutcome(context, operation, judged.found, sent, judged.undecided);
  } catch (error) {
    if (!(error instanceof NotForgeable)) throw error;
    return withReason(procedureOutcome(context, operation, [], sent), error.because, 'not-applicable');
  }
}

/** The same key without the expensive part. */
function cheap({ header, encrypt, ...rest }: Forgery): Forgery {
  return {
    ...rest,
    ...(header === undefined ? {} : { header: { ...header, set: { ...header.set, p2c: 1 } } }),
    ...(encrypt === undefined ? {} : { encrypt: { ...encrypt, inflates: 1 } }),
  };
}

type Ask = (forgery: Forgery) => Promise<SentRequest>;

interface RoundResult {
  readonly found: readonly ProcedureFinding[];
  readonly undecided?: Reason;
  /** Another round may show an answer in time. */
  readonly isOpen: boolean;
}

/**
 * Sends cheap keys and then the costly one. If that is not in time, sends cheap ones until they are answered as quickly as
 * before.
 */
async function oneRound(ask: Ask, forge: Forgery): Promise<RoundResult> {
  const quick = await Promise.all(Array.from({ length: cheapAnswers }, () => ask(cheap(forge))));
  const longestMs = Math.max(...quick.map(tookMs));
  const costly = await ask(forge);
  const early = judgeRound(quick, costly);
  if (!early.isOpen) return early;
  for (let asked = 0; asked < mostWaits; asked += 1) {
    const after = await ask(cheap(forge));
    const isBack = tookMs(after) <= 2 * longestMs + noiseMs;
    if (isBack || asked === mostWaits - 1) return judgeRound([...quick, after], costly);
  }
  throw new Error('nothing was asked after the costly key');
}

/** In time wins; late counts only if it is late each time. */
function later(one: RoundResult, other: RoundResult): RoundResult {
  if (!other.isOpen) return other;
  return one.undecided === undefined ? other : one;
}

function judgeRound(quick: readonly SentRequest[], costly: SentRequest): RoundResult {
  const { failure } = costly.exchange;
  const timedOut = failure?.kind === 'timeout';
  const silent = [...quick, ...(timedOut ? [] : [costly])].find(
    ({ exchange }) => exchange.failure !== undefined,
  );
  if (silent !== undefined) return { found: [], undecided: unanswered(silent), isOpen: false };
  const answered = judgeAnswer(costly);
  if (answered.length > 0) return { found: answered, isOpen: false };
  const [cheapMs, costlyMs] = [quick.map(tookMs), tookMs(costly)];
  const [took, usual] = [Math.round(costlyMs), Math.round(Math.max(...cheapMs))];
  const judged = judgeTimes({ cheapMs, costlyMs, timedOut });
  if (judged === 'in time') return { found: [], isOpen: false };
  if (judged === 'undecided')
    return { found: [], undecided: because('costly-key-undecided', { took, usual }), isOpen: true };
  const how = timedOut ? 'has no answer' : 'is answered';
  const message = `an answer about as soon as to a cheap key was expected (${usual} ms); the costly key ${how} after ${took} ms`;
  return { found: [{ kind: 'inconsistent', message, tells: 'late', sent: costly }], isOpen: true };
}

/** However long it takes, it must be rejected. */
function judgeAnswer(costly: SentRequest): ProcedureFinding[] {
  const status = statusOf(costly);
  if (status === undefined || [400, 401, 413, 414, 431].includes(status)) return [];
  const kind = status < 300 ? 'let-in' : status >= 500 ? 'server-error' : 'wrong-status';
  return [{ kind, message: `401 was expected; the costly key is answered ${status}`, sent: costly }];
}

function tookMs({ exchange }: SentRequest): number {
  return exchange.endedMs - exchange.startedMs;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}
