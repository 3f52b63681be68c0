import { setTimeout as sleep } from 'node:timers/promises';
import { defined } from '../../model/defined.ts';
import { because, isServerFailure, type Operation, type Reason } from '../../model/index.ts';
import { buildRequest, namesKnownThings } from '../matrix/requests.ts';
import { claimed, isThere, provingAnswer } from '../session/presence.ts';
import { lastOf, type RepeatedRequest, settled } from '../session/repeat.ts';
import { type SentRequest, send, statusOf } from '../session/send.ts';
import type { Session } from '../session/session.ts';
import { isAnswered, type OperationState } from '../session/session-state.ts';
import { ask, madeUpPath } from '../session/unknown-path.ts';

/** The status of a path that does not exist, with the unmodified write key; undefined if it does not answer. */
export async function statusOfUnknownPath(session: Session): Promise<number | undefined> {
  const { operations, target } = session.state;
  const operation = operations.find((state) => state.operation.permission === 'read')?.operation;
  if (operation === undefined) return undefined;
  const spec = { operation, key: target.keys.write, variant: 'repeatable', path: madeUpPath } as const;
  return statusOf(lastOf(await settled(session, () => send(session, spec))));
}

/**
 * Sends the unmodified write key to every operation once and interprets the answers. `done` is what was sent before: an
 * operation that did something exists, whatever it answers now.
 */
export async function lookAtOperations(
  session: Session,
  done: readonly RepeatedRequest[],
): Promise<OperationState[]> {
  const { operations, options, target, fixture } = session.state;
  const looked = await Promise.all(
    operations.map(async ({ operation }): Promise<OperationState> => {
      if (target.without?.includes(operation.id)) return claimed(operation, done);
      if (options.mode !== 'full' && operation.permission === 'write') {
        return { operation, availability: 'unknown', note: because('mode-spares-operation') };
      }
      const state = await look(session, operation);
      // A new object may not be visible everywhere yet.
      const maySoonBeSeen =
        namesKnownThings(operation, fixture.main) && provingAnswer(operation, done) === undefined;
      return maySoonBeSeen ? lookAgain(session, state) : state;
    }),
  );
  return withoutGuesses(session, looked, done);
}

async function look(session: Session, operation: Operation): Promise<OperationState> {
  const key = session.state.target.keys.write;
  const sent = await settled(session, () => send(session, { operation, key, variant: 'repeatable' }));
  return classify(session, operation, lastOf(sent));
}

const looksAgain = 4;
/** The most characters of a rejection that a sentence quotes. */
const longestQuote = 120;
/** The most characters of it that are read. */
const mostRead = 8192;

async function lookAgain(session: Session, first: OperationState): Promise<OperationState> {
  let state = first;
  for (let time = 0; time < looksAgain && state.availability === 'absent'; time += 1) {
    await sleep(500);
    state = await look(session, state.operation);
  }
  return state;
}

/**
 * A documented operation only counts as absent if none of the requests to it, earlier ones included, shows that it
 * exists.
 */
async function withoutGuesses(
  session: Session,
  looked: readonly OperationState[],
  done: readonly RepeatedRequest[],
): Promise<OperationState[]> {
  const hasNone = looked.every(({ availability }) => availability === 'absent' || availability === 'unknown');
  const states: OperationState[] = [];
  // One after the other, so that identical requests to unknown paths have one order in a recording.
  for (const state of looked) {
    if (!isDoubtful(state, looked)) {
      states.push(state);
      continue;
    }
    const { operation } = state;
    const { note, ...rest } = state;
    if (provingAnswer(operation, done) !== undefined || (!hasNone && (await isThere(session, operation)))) {
      const there = { ...rest, availability: 'available' } as const;
      const broken = { ...rest, availability: 'broken', ...although('although-there', note) } as const;
      states.push(
        state.availability === 'shut-out' ? state : shouldSucceed(session, operation) ? broken : there,
      );
      continue;
    }
    const has = namesKnownThings(operation, session.state.fixture.main);
    const why = has ? although('although-named', note) : defined({ note });
    states.push({ operation, availability: 'absent', unclaimed: true, ...why });
  }
  return states;
}

function although(
  code: 'although-there' | 'although-named',
  note: Reason | undefined,
): Pick<OperationState, 'note'> {
  return note === undefined ? {} : { note: because(code, { because: note }) };
}

/** True if a read has no reason to fail; otherwise no control may rely on it. */
function shouldSucceed({ state }: Session, operation: Operation): boolean {
  const { succeeds } = buildRequest(operation, 'repeatable', state.fixture.main, '');
  return operation.permission === 'read' && succeeds;
}

/**
 * True if an operation seems to be missing. Some gateways answer every unknown path with 403, but so does an API to a
 * key without any permission. So another operation of the same kind must exist.
 */
function isDoubtful(state: OperationState, all: readonly OperationState[]): boolean {
  const { operation, availability, claimedAbsent } = state;
  if (operation.source !== 'documented' || claimedAbsent === true) return false;
  if (availability === 'absent') return true;
  return (
    availability === 'shut-out' &&
    isAnswered(state, 403) &&
    all.some((one) => one.availability === 'available' && one.operation.permission === operation.permission)
  );
}

async function classify(
  session: Session,
  operation: Operation,
  answer: SentRequest,
): Promise<OperationState> {
  const { response, failure } = answer.exchange;
  if (response === undefined) {
    return {
      operation,
      availability: 'broken',
      note: because('operation-silent', { message: failure?.message }),
    };
  }
  const { status } = response;
  if (failure !== undefined)
    return {
      operation,
      availability: 'broken',
      note: because('operation-silent', { message: failure.message }),
    };
  const note = because('answers-write-key', { status });
  const mayBeMissing = operation.source === 'inferred' && [400, 401, 403].includes(status);
  // Some gateways answer every unknown path with 403; some servers use the path for something else.
  if (mayBeMissing && (status === 400 ? answer.succeeds : await isLikeMadeUp(session, operation, answer))) {
    return { operation, availability: 'absent', note };
  }
  if (status === 401 || status === 403) {
    return { operation, availability: 'shut-out', note };
  }
  if (isServerFailure(status))
    return { operation, availability: 'broken', note: because('answers-failure', { status }) };
  if (status >= 300 && status < 400)
    return { operation, availability: 'broken', note: because('answers-redirect', { status }) };
  if (status === 404 || status === 405 || status === 501) return { operation, availability: 'absent', note };
  const unlike = unlikeJson(answer);
  const refusal = textOfRefusal(session, answer);
  return { operation, availability: 'available', ...defined({ unlike, refusal }) };
}

/**
 * The text of a rejection that is not JSON, see `refusal`. It may repeat the key; a part of a key is not redacted
 * later.
 */
function textOfRefusal(
  { redactor }: Session,
  { exchange: { response } }: SentRequest,
): OperationState['refusal'] {
  if (response === undefined || response.status < 400 || isJson(response.body)) return undefined;
  const text = redactor
    .redact(response.body.slice(0, mostRead))
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return { status: response.status, text: text.slice(0, longestQuote) };
}

/** What a success contains in place of JSON, see `unlike`. */
function unlikeJson({ exchange: { response } }: SentRequest): string | undefined {
  if (response === undefined || response.status >= 300) return undefined;
  if (response.bodyCut === true) return 'too-long';
  if (response.body === '') return 'empty';
  if (isJson(response.body)) return undefined;
  const type = response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return type === undefined || /json/i.test(type) ? 'not-json' : type.split(';')[0];
}

function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}

async function isLikeMadeUp(session: Session, operation: Operation, answer: SentRequest): Promise<boolean> {
  const { write: key } = session.state.target.keys;
  const madeUp = await ask(session, operation, { key, variant: 'repeatable', path: madeUpPath });
  const shape = ({ exchange: { response } }: SentRequest): string =>
    `${response?.status} ${response?.body.replaceAll(/"[^"]*\/v1\/[^"]*"|\/v1\/\S*/g, '')}`;
  return shape(madeUp) === shape(answer);
}
