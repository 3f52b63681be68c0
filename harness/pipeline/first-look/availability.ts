import { makers, unknownThings } from '../../matrix/requests.ts';
import type { FixtureSet, Operation } from '../../model.ts';
import { type Sent, send } from '../send.ts';
import type { OperationState } from '../state.ts';
import type { Session } from '../tools.ts';

/** Sends the untouched write key to every operation once and says what that shows. */
export async function lookAtOperations(session: Session): Promise<OperationState[]> {
  const key = session.state.target.keys.write;
  const looked = await Promise.all(
    session.state.operations.map(async ({ operation }) => {
      if (session.state.options.mode !== 'full' && operation.permission === 'write') {
        return {
          operation,
          availability: 'unknown' as const,
          note: 'the mode keeps valid keys from writing',
        };
      }
      const answer = await send(session, { operation, key, variant: 'repeatable' });
      return classify(session, operation, answer);
    }),
  );
  return withoutFalseAbsence(looked, session.state.fixture.main);
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

async function classify(session: Session, operation: Operation, answer: Sent): Promise<OperationState> {
  const { response, failure } = answer.exchange;
  if (response === undefined) {
    return { operation, availability: 'broken', note: failure?.message ?? 'it does not answer' };
  }
  const { status } = response;
  if (failure !== undefined) return { operation, availability: 'broken', note: failure.message };
  if (status === 401 || status === 403) {
    return { operation, availability: 'shut-out', note: `it answers the untouched write key with ${status}` };
  }
  if (status >= 500 && status !== 501)
    return { operation, availability: 'broken', note: `it answers ${status}` };
  if (status >= 300 && status < 400)
    return { operation, availability: 'broken', note: `it redirects (${status})` };
  if ((status === 404 || status === 405 || status === 501) && (await isAbsent(session, operation, answer))) {
    return { operation, availability: 'absent', note: `it answers the untouched write key with ${status}` };
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
  if (operation.source === 'inferred') return true;
  const madeUp = await send(session, {
    operation,
    key: session.state.target.keys.write,
    variant: 'repeatable',
    path: '/v1/conformance-made-up-path',
  });
  const shape = ({ exchange: { response } }: Sent): string =>
    `${response?.status} ${response?.body.replaceAll(/"[^"]*\/v1\/[^"]*"|\/v1\/\S*/g, '')}`;
  return shape(madeUp) === shape(answer);
}
