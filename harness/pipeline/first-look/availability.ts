import { setTimeout as sleep } from 'node:timers/promises';
import { makers, unknownThings } from '../../matrix/requests.ts';
import type { FixtureSet, FixtureThing, Operation } from '../../model.ts';
import { lastOf, settled } from '../repeat.ts';
import { type Sent, send } from '../send.ts';
import type { OperationState } from '../state.ts';
import type { Session } from '../tools.ts';
import { madeUpPath, withHidden } from './presence.ts';

/** What a path that does not exist answers to the untouched write key; undefined where it does not answer. */
export async function statusOfUnknownPath(session: Session): Promise<number | undefined> {
  const { operations, target } = session.state;
  const operation = operations.find((state) => state.operation.permission === 'read')?.operation;
  if (operation === undefined) return undefined;
  const spec = { operation, key: target.keys.write, variant: 'repeatable', path: madeUpPath } as const;
  return lastOf(await settled(session, () => send(session, spec))).exchange.response?.status;
}

/** Sends the untouched write key to every operation once and says what that shows. */
export async function lookAtOperations(session: Session): Promise<OperationState[]> {
  const set = session.state.fixture.main;
  const looked = await Promise.all(
    session.state.operations.map(async ({ operation }) => {
      if (session.state.options.mode !== 'full' && operation.permission === 'write') {
        return {
          operation,
          availability: 'unknown' as const,
          note: 'the mode keeps valid keys from writing',
        };
      }
      const state = await look(session, operation);
      // What was made a moment ago may not be seen everywhere yet.
      return isConfirmed(operation, set) ? lookAgain(session, state) : state;
    }),
  );
  return withHidden(session, withoutFalseAbsence(await disbelieved(session, looked), set));
}

async function look(session: Session, operation: Operation): Promise<OperationState> {
  const key = session.state.target.keys.write;
  const sent = await settled(session, () => send(session, { operation, key, variant: 'repeatable' }));
  return classify(session, operation, lastOf(sent));
}

const looksAgain = 4;

async function lookAgain(session: Session, first: OperationState): Promise<OperationState> {
  let state = first;
  for (let time = 0; time < looksAgain && state.availability === 'absent'; time += 1) {
    await sleep(500);
    state = await look(session, state.operation);
  }
  return state;
}

/**
 * An answer of 404 to a request that names something unknown does not show that the operation is missing, unless
 * the operation that would make that thing is missing too.
 */
function withoutFalseAbsence(states: readonly OperationState[], set: FixtureSet): OperationState[] {
  const absent = new Set(
    states.filter(({ availability }) => availability === 'absent').map(({ operation }) => operation.id),
  );
  return states.map((state) => {
    const unknown = unknownThings(state.operation, set);
    const explained = unknown.length === 0 || unknown.some((thing) => absent.has(makers[thing]));
    if (state.availability !== 'absent' || explained) return state;
    const { note: _note, ...rest } = state;
    return { ...rest, availability: 'available' };
  });
}

/** True where a request names things, all of which the target itself said it has when they were made or found. */
function isConfirmed(operation: Operation, set: FixtureSet): boolean {
  return thingsOf(operation, set).length > 0 && unknownThings(operation, set).length === 0;
}

function thingsOf(operation: Operation, set: FixtureSet): readonly FixtureThing[] {
  return unknownThings(operation, { ...set, known: [] });
}

/**
 * A 404 to something that the target itself said it has shows that the operation is missing only where something
 * else shows that the thing is there to be seen: for a write, a read that sees it; for a read, that an invalid body
 * is not found either. Otherwise nothing can be told of the operation.
 */
async function disbelieved(session: Session, states: readonly OperationState[]): Promise<OperationState[]> {
  const set = session.state.fixture.main;
  const seen = new Set(
    states
      .filter(
        ({ availability, operation }) => availability === 'available' && operation.permission === 'read',
      )
      .flatMap(({ operation }) => thingsOf(operation, set)),
  );
  return Promise.all(
    states.map(async (state) => {
      const { operation } = state;
      if (state.availability !== 'absent' || !isConfirmed(operation, set)) return state;
      const things = thingsOf(operation, set).filter((thing) => thing !== 'item');
      const isMissing =
        operation.permission === 'write'
          ? things.every((thing) => seen.has(thing))
          : operation.takesBody && (await isInvalidUnknown(session, operation));
      if (isMissing) return state;
      const note = `${state.note} although the target itself said that it has what the request names`;
      return { ...state, availability: 'broken' as const, note };
    }),
  );
}

async function isInvalidUnknown(session: Session, operation: Operation): Promise<boolean> {
  const { write: key } = session.state.target.keys;
  const answer = await settled(session, () => send(session, { operation, key, variant: 'invalid' }));
  return isLikeMadeUp(session, operation, lastOf(answer));
}

async function classify(session: Session, operation: Operation, answer: Sent): Promise<OperationState> {
  const { response, failure } = answer.exchange;
  if (response === undefined) {
    return { operation, availability: 'broken', note: failure?.message ?? 'it does not answer' };
  }
  const { status } = response;
  if (failure !== undefined) return { operation, availability: 'broken', note: failure.message };
  const note = `it answers the untouched write key with ${status}`;
  const mayBeMissing = operation.source === 'inferred' && [400, 401, 403].includes(status);
  // Some gateways answer every unknown path with 403; some servers know the path for something else.
  if (mayBeMissing && (status === 400 ? answer.succeeds : await isLikeMadeUp(session, operation, answer))) {
    return { operation, availability: 'absent', note };
  }
  if (status === 401 || status === 403) {
    return { operation, availability: 'shut-out', note };
  }
  if (status >= 500 && status !== 501)
    return { operation, availability: 'broken', note: `it answers ${status}` };
  if (status >= 300 && status < 400)
    return { operation, availability: 'broken', note: `it redirects (${status})` };
  if ((status === 404 || status === 405 || status === 501) && (await isAbsent(session, operation, answer))) {
    return { operation, availability: 'absent', note };
  }
  const unlike = unlikeJson(answer);
  return { operation, availability: 'available', ...(unlike === undefined ? {} : { unlike }) };
}

/** What a success holds in place of JSON. */
function unlikeJson({ exchange: { response } }: Sent): string | undefined {
  if (response === undefined || response.status >= 300) return undefined;
  if (response.bodyCut === true) return 'more than a mebibyte';
  if (response.body === '') return 'an empty body';
  try {
    JSON.parse(response.body);
    return undefined;
  } catch {
    const type = response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
    return type === undefined || /json/i.test(type) ? 'something that is not JSON' : type.split(';')[0];
  }
}

/** An inferred path that is not found is absent; a documented one only if it answers like a made-up path. */
async function isAbsent(session: Session, operation: Operation, answer: Sent): Promise<boolean> {
  return operation.source === 'inferred' || isLikeMadeUp(session, operation, answer);
}

async function isLikeMadeUp(session: Session, operation: Operation, answer: Sent): Promise<boolean> {
  const { write: key } = session.state.target.keys;
  const madeUp = lastOf(
    await settled(session, () => send(session, { operation, key, variant: 'repeatable', path: madeUpPath })),
  );
  const shape = ({ exchange: { response } }: Sent): string =>
    `${response?.status} ${response?.body.replaceAll(/"[^"]*\/v1\/[^"]*"|\/v1\/\S*/g, '')}`;
  return shape(madeUp) === shape(answer);
}
