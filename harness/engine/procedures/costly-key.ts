import { because, type Forgery, type Operation, type Reason } from '../../model/index.ts';
import { NotForgeable } from '../credentials/not-forgeable.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { type Found, procedureOutcome, unanswered, withReason } from '../session/outcome.ts';
import { type SentRequest, send, statusOf } from '../session/send.ts';
import { keyOf } from '../session/session.ts';

/** What a cheap key costs is known from so many answers before the costly one, and those that follow it. */
const cheapAnswers = 3;
/** A server that still works on the costly key gets so many requests to come back. */
const mostWaits = 5;
/** A costly key that is answered in time once costs nothing: what is busy with other things gets so many rounds. */
const mostRounds = 3;
/** Milliseconds that load alone may add to an answer, and that it does not add every time. */
const noiseMs = 250;
const muchMs = 1_000;
/** Of a server that takes longer for a cheap key nobody can tell why it takes long. */
const slowMs = 500;

/** What one round took, in milliseconds: answers to cheap keys before and after, and the one to the costly key. */
export interface CostlyTimes {
  readonly cheapMs: readonly number[];
  readonly costlyMs: number;
  readonly timedOut: boolean;
}

/**
 * Late is what takes many times as long as the same key made cheap, before and after: a slow or busy server is slow with
 * both. Undecided is what lies between late and in time, and what a limit on the time of a request hides.
 */
export function judgeTimes({ cheapMs, costlyMs, timedOut }: CostlyTimes): 'in time' | 'late' | 'undecided' {
  const [usualMs, longestMs] = [median(cheapMs), Math.max(...cheapMs)];
  const isQuick = usualMs <= slowMs;
  if (isQuick && costlyMs > 8 * usualMs + muchMs && costlyMs > 2 * longestMs + muchMs) return 'late';
  return !timedOut && costlyMs <= 2 * longestMs + noiseMs ? 'in time' : 'undecided';
}

/** Sends a key that is costly to open between keys of the same form that are not, and compares how long each takes. */
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

/** The same key, of which nothing takes long. */
function cheap({ header, encrypt, ...rest }: Forgery): Forgery {
  return {
    ...rest,
    ...(header === undefined ? {} : { header: { ...header, set: { ...header.set, p2c: 1 } } }),
    ...(encrypt === undefined ? {} : { encrypt: { ...encrypt, inflates: 1 } }),
  };
}

type Ask = (forgery: Forgery) => Promise<SentRequest>;

interface Judged {
  readonly found: readonly Found[];
  readonly undecided?: Reason;
  /** Another round may show that it is answered in time. */
  readonly isOpen: boolean;
}

/** The costly key between cheap ones, until those are answered as quickly as before. */
async function oneRound(ask: Ask, forge: Forgery): Promise<Judged> {
  const quick: SentRequest[] = [];
  for (let time = 0; time < cheapAnswers; time += 1) quick.push(await ask(cheap(forge)));
  const longestMs = Math.max(...quick.map(tookMs));
  const costly = await ask(forge);
  for (let asked = 0; asked < mostWaits; asked += 1) {
    const after = await ask(cheap(forge));
    const isBack = tookMs(after) <= 2 * longestMs + noiseMs;
    if (isBack || asked === mostWaits - 1) return judgeRound([...quick, after], costly);
  }
  throw new Error('nothing was asked after the costly key');
}

/** In time is in time; late is only what is late each time. */
function later(one: Judged, other: Judged): Judged {
  if (!other.isOpen) return other;
  return one.undecided === undefined ? other : one;
}

function judgeRound(quick: readonly SentRequest[], costly: SentRequest): Judged {
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

/** However long it takes, it is refused. */
function judgeAnswer(costly: SentRequest): Found[] {
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
