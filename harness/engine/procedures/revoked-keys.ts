import { defined } from '../../model/defined.ts';
import {
  answerKind,
  because,
  type Depth,
  isJsonAnswer,
  isSuccess,
  type Key,
  type Operation,
  type Permission,
} from '../../model/index.ts';
import type { DeadKey } from '../key-control/ledger.ts';
import { ControlError } from '../key-control/protocol.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome, unanswered } from '../session/outcome.ts';
import { mostRepeats, pauseBeforeRepeat } from '../session/repeat.ts';
import { type SentRequest, send, statusOf } from '../session/send.ts';
import type { Session } from '../session/session.ts';

/**
 * How many keys are created and revoked before the old ones are tried: a limited list of revoked keys has forgotten the
 * old ones by then.
 */
const keysAfterwards = 64;
/** A target may limit the number of keys in a project. */
const keysAtATime = 8;
/** If key control is slow, fewer keys are created. */
const mostMs = 20_000;
/** The most revoked keys that are tried: the first and the last ones. */
export const mostTried: Readonly<Record<Depth, number>> = { full: 160, quick: 32 };
const permissions: readonly Permission[] = ['write', 'read'];

/**
 * Creates and revokes many more keys, then creates one key of each permission that stays active. Then tries every key
 * of the run that has been revoked or replaced.
 */
export async function revokedKeysStayRevoked(context: CellContext): Promise<CellOutcome[]> {
  const { session, planned } = context;
  const { control } = session;
  if (control === undefined) return [];
  const living: string[] = [];
  const made = await session.cassette.value('keys that are made after the others died', () =>
    makeMore(session, living),
  );
  const dead = await control.deadKeys();
  const most = mostTried[session.state.options.depth];
  const keys = withinLimit([...supplied(session), ...dead.map(asKey)], most);
  const outcomes: CellOutcome[] = [];
  for (const operation of planned.operations) {
    const blocked = keys.length === 0 ? because('no-key-ended') : blockedReason(session, planned, operation);
    outcomes.push(
      blocked === undefined
        ? await tryAll(context, operation, keys, made)
        : procedureOutcome(context, operation, [], [], blocked),
    );
  }
  await session.cassette.value('the end of the keys that lived on', async () => {
    await Promise.allSettled(living.map((id) => control.revokeKey(id)));
  });
  return outcomes;
}

/** Returns how many keys were created; those that stay active are added to `living`. */
async function makeMore({ control, state, redactor }: Session, living: string[]): Promise<number> {
  const { projectId } = state;
  const make = async (permission: Permission): Promise<string | undefined> => {
    const created = await control?.createKey({ permission, ...defined({ project_id: projectId }) });
    if (created !== undefined) redactor.add(created.key);
    return created?.id;
  };
  const until = performance.now() + mostMs;
  let begun = 0;
  let made = 0;
  const lane = async (): Promise<void> => {
    while (begun < keysAfterwards && performance.now() < until) {
      const permission = permissions[begun % 2] ?? 'write';
      begun += 1;
      const id = await make(permission);
      if (id !== undefined) await control?.revokeKey(id);
      made += 1;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: keysAtATime }, lane));
  try {
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
    for (const permission of permissions) living.push((await make(permission)) ?? '');
  } catch (error) {
    // If key control stops creating keys, the keys so far are enough.
    if (!(error instanceof ControlError)) throw error;
  }
  return made;
}

/** Tries each key on an operation. */
async function tryAll(
  context: CellContext,
  operation: Operation,
  keys: readonly Key[],
  made: number,
): Promise<CellOutcome> {
  const { session } = context;
  const tried = await Promise.all(keys.map((key) => tryOne(session, operation, key)));
  const sent = tried.flat();
  const alive = tried.flatMap((all, at) => {
    const one = all.at(-1);
    return one !== undefined && isLetThrough(one) ? [{ one, key: keys[at] }] : [];
  });
  const [first] = alive;
  const found: ProcedureFinding[] =
    first === undefined
      ? []
      : [
          {
            kind: 'let-in',
            message: `401 was expected; the answer is ${statusOf(first.one)}: ${alive.length} of ${keys.length} revoked or replaced keys work after ${made} more keys were created, for example a ${first.key?.description}`,
            sent: first.one,
          },
        ];
  const silent = sent.find(({ exchange }) => exchange.response === undefined);
  return procedureOutcome(context, operation, found, sent, silent && unanswered(silent));
}

/** The answers to one key. Something in front of the target may send what is not JSON, so that must repeat. */
async function tryOne(session: Session, operation: Operation, key: Key): Promise<SentRequest[]> {
  const sent: SentRequest[] = [];
  for (;;) {
    const one = await send(session, { operation, key, variant: 'repeatable' });
    sent.push(one);
    const { response } = one.exchange;
    const isPage = response !== undefined && !isJsonAnswer(answerKind(response));
    const isDoubtful = isLetThrough(one) && !isSuccess(statusOf(one)) && isPage;
    if (!isDoubtful || sent.length > mostRepeats) return sent;
    await pauseBeforeRepeat(session, sent.length - 1);
  }
}

/**
 * True if the key was accepted, whatever the rest of the request. Other requirements judge rejections other than 401.
 */
function isLetThrough(sent: SentRequest): boolean {
  const status = statusOf(sent) ?? 0;
  return isSuccess(status) || [400, 404, 409, 422].includes(status);
}

function supplied({ state }: Session): Key[] {
  const { revoked } = state.target.keys;
  return revoked === undefined ? [] : [revoked];
}

function asKey({ key, died, permission, id, project_id: projectId }: DeadKey, index: number): Key {
  const description = `${permission} key that was ${died}, number ${index + 1} of the dead ones of the run`;
  return { value: key, variable: 'PREPARED_KEY', description, controlId: id, projectId, permission };
}

function withinLimit(keys: readonly Key[], most: number): readonly Key[] {
  const half = most / 2;
  return keys.length <= most ? keys : [...keys.slice(0, half), ...keys.slice(-half)];
}
