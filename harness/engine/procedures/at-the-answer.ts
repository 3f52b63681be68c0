import { because, type Depth, isAccepted, type Operation, type Reason } from '../../model/index.ts';
import { ControlError } from '../key-control/protocol.ts';
import type { RawConnection } from '../probe/raw-connection.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome, StepFailure, unanswered } from '../session/outcome.ts';
import { type SentRequest, send, statusOf } from '../session/send.ts';
import { isFar } from '../session/session-state.ts';
import { connectTo } from './linearizable.ts';
import { makeWriteKey } from './made-key.ts';

/** How a key ends. */
type Ending = 'regenerated' | 'revoked';

/** How many keys end: a target that ends a key in the background is late only sometimes. */
const mostKeys: Readonly<Record<Depth, number>> = { full: 12, quick: 4 };
/** If the target is far away, the answer travels longer than a task in the background takes. */
const keysFarAway = 3;
/** After this many milliseconds no further key ends, but not fewer than `fewestKeys` end. */
const mostMs = 1500;
const fewestKeys = 2;

/** The fewest requests on an operation: each key is used before and after it ends. */
export const usesAtTheAnswer = 2 * fewestKeys;

/** The last use of a key, sent as soon as key control answered that the key has ended. */
interface LastUse {
  readonly before: SentRequest;
  readonly sent: SentRequest;
}

/**
 * Ends keys one after the other and uses each at once when the answer of key control arrives, over a connection that is
 * open. If the target is near, nothing else is sent meanwhile: this is the earliest request that begins after the answer.
 */
function endKeys(ending: Ending): (context: CellContext) => Promise<CellOutcome[]> {
  return async (context) => {
    const { session, planned } = context;
    const outcomes: CellOutcome[] = [];
    for (const operation of planned.operations) {
      const uses: LastUse[] = [];
      let undecided = blockedReason(session, planned, operation);
      try {
        if (undecided === undefined) await useEach(context, operation, ending, uses);
      } catch (error) {
        if (!(error instanceof ControlError || error instanceof StepFailure)) throw error;
        undecided = error.because;
      }
      outcomes.push(judge(context, operation, ending, uses, undecided));
    }
    return outcomes;
  };
}

/** Adds the last use of each key to `uses`. Throws ControlError and StepFailure. */
async function useEach(
  context: CellContext,
  operation: Operation,
  ending: Ending,
  uses: LastUse[],
): Promise<void> {
  const { session } = context;
  const { options, nearestMs } = session.state;
  const most = isFar(nearestMs) ? keysFarAway : mostKeys[options.depth];
  let connection: RawConnection | undefined;
  const opened = async (): Promise<RawConnection> => {
    if (connection?.open !== true) connection = await connectTo(session);
    return connection;
  };
  try {
    for (let number = 1; number <= most; number += 1) {
      const { id, key, control } = await makeWriteKey(session, `write key ${number} that is ${ending}`);
      const use = async (): Promise<SentRequest> =>
        send(session, { operation, key, variant: 'repeatable', connection: await opened() });
      const before = await use();
      await opened();
      if (ending === 'regenerated') await control.regenerateKey(id);
      else await control.revokeKey(id);
      // While a slow key control works, a target may close a connection that nobody uses: `use` opens another one.
      uses.push({ before, sent: await use() });
      if (ending === 'regenerated') await control.revokeKey(id).catch(() => undefined);
      if (number >= fewestKeys && tookMs(uses) > mostMs) return;
    }
  } finally {
    connection?.close();
  }
}

/** By the times of the requests, which a recording has too. */
function tookMs(uses: readonly LastUse[]): number {
  const [first] = uses;
  const last = uses.at(-1);
  return first === undefined || last === undefined
    ? 0
    : last.sent.exchange.endedMs - first.before.exchange.startedMs;
}

function judge(
  context: CellContext,
  operation: Operation,
  ending: Ending,
  uses: readonly LastUse[],
  failed: Reason | undefined,
): CellOutcome {
  const lived = uses.filter(({ before }) => isAccepted(statusOf(before)));
  const stale = lived.filter(({ sent }) => isAccepted(statusOf(sent)));
  const [first] = stale;
  const evidence = first ?? uses.at(-1);
  const kept = evidence === undefined ? [] : [evidence.before, evidence.sent];
  const found: ProcedureFinding[] =
    first === undefined
      ? []
      : [
          {
            kind: 'let-in',
            message: `${stale.length} of ${lived.length} keys still work in a request that begins when the answer arrives that they are ${ending}`,
            sent: first.sent,
          },
        ];
  return procedureOutcome(context, operation, found, kept, failed ?? undecided(uses, lived));
}

/** Why nothing is shown: too few keys worked before and were rejected afterwards. */
function undecided(uses: readonly LastUse[], lived: readonly LastUse[]): Reason | undefined {
  const died = lived.filter(({ sent }) => statusOf(sent) === 401);
  if (died.length >= fewestKeys) return undefined;
  const silent = uses
    .flatMap(({ before, sent }) => [before, sent])
    .find((one) => statusOf(one) === undefined);
  if (silent !== undefined) return unanswered(silent);
  return because(lived.length < fewestKeys ? 'key-never-accepted' : 'key-never-refused');
}

/** Uses each key right after its regeneration. */
export const oldKeyAtTheAnswer = endKeys('regenerated');
/** Uses each key right after its revocation. */
export const revokedKeyAtTheAnswer = endKeys('revoked');
