import { because, type Operation, type Reason } from '../../../model/index.ts';
import type { PlannedScenario } from '../../matrix/expand.ts';
import type { ProcedureFinding } from '../../session/outcome.ts';
import { pause } from '../../session/repeat.ts';
import { type SentRequest, send, statusOf } from '../../session/send.ts';
import type { Session } from '../../session/session.ts';
import { nameOf } from './changes.ts';
import { acceptsKey, type KeyAnswers, rejectsKey, use } from './looks.ts';

const forgeries = 10;
/** How often a second attempt waits for the end of a lock-out. */
const waits = 20;
const waitMs = 500;

/** A key to guess at, and the answers to it a moment ago, if there are any. */
export type GuessedKey = Pick<KeyAnswers, 'key'> & Partial<KeyAnswers>;

/** The result of guessing at keys on one operation. */
export interface GuessResult {
  readonly operation: Operation;
  readonly found: readonly ProcedureFinding[];
  readonly sent: readonly SentRequest[];
  readonly undecided?: Reason;
}

interface Round {
  readonly sent: readonly SentRequest[];
  /** True if the key was accepted before. */
  readonly counts: boolean;
  /** The answer to the key right after the forgeries. */
  readonly after: SentRequest;
}

/**
 * Sends forgeries of a valid key and then the key itself. A rejection counts if it repeats with the next key, or,
 * without a next key, if the key stays rejected for long.
 */
export async function guessAt(
  session: Session,
  planned: PlannedScenario,
  operation: Operation,
  keys: readonly GuessedKey[],
): Promise<GuessResult> {
  const sent: SentRequest[] = [];
  const round = async (key: GuessedKey): Promise<Round> => {
    const done = await guess(session, planned, operation, key);
    sent.push(...done.sent);
    return done;
  };
  const rest = [...keys];
  let guessed = rest.shift();
  let first: Round | undefined;
  while (guessed !== undefined) {
    first = await round(guessed);
    if (first.counts) break;
    guessed = rest.shift();
  }
  if (guessed === undefined || first === undefined) {
    return {
      operation,
      found: [],
      sent,
      undecided: because('no-key-accepted-before', { operation: operation.id }),
    };
  }
  if (!rejectsKey(first.after)) return { operation, found: [], sent };
  const { key } = guessed;
  const message = `after ${forgeries} forgeries of it, ${nameOf(key)} gets ${statusOf(first.after)} on ${operation.id}, where it was accepted a moment before`;
  const found: ProcedureFinding[] = [{ kind: 'shut-out', message, sent: first.after }];
  const next = rest[0]?.key ?? key;
  for (let wait = 0; wait < waits; wait += 1) {
    const answer = await use(session, operation, next);
    if (wait === 0 || !rejectsKey(answer)) sent.push(answer);
    if (acceptsKey(answer)) {
      const second = await round({ key: next });
      if (second.counts && rejectsKey(second.after)) return { operation, found, sent };
      return {
        operation,
        found: [],
        sent,
        undecided: because('guess-not-repeated', { finding: message, status: statusOf(second.after) }),
      };
    }
    if (!rejectsKey(answer)) {
      return {
        operation,
        found: [],
        sent,
        undecided: because('guess-then-answered', { finding: message, status: statusOf(answer) }),
      };
    }
    await pause(session, waitMs);
  }
  return { operation, found, sent };
}

async function guess(
  session: Session,
  planned: PlannedScenario,
  operation: Operation,
  { key, ...seen }: GuessedKey,
): Promise<Round> {
  const last = seen[operation.permission];
  const before = last !== undefined && acceptsKey(last) ? last : await use(session, operation, key);
  const { id, scenario } = planned;
  const forged = acceptsKey(before)
    ? await Promise.all(
        Array.from({ length: forgeries }, () =>
          send(session, {
            operation,
            key,
            variant: operation.permission === 'write' ? 'unknown-id' : 'repeatable',
            forge: scenario.forge,
            scenario: { id, title: scenario.title },
          }),
        ),
      )
    : [];
  // Without `confirmed`: the key must follow at once.
  const after = await use(session, operation, key);
  return { sent: [before, ...forged, after], counts: acceptsKey(before), after };
}
