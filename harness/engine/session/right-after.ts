import { defined } from '../../model/defined.ts';
import type { Key, Mode, Operation, PrecedingRequest, Presentation, Scenario } from '../../model/index.ts';
import { NotForgeable } from '../credentials/not-forgeable.ts';
import { eachText } from '../evidence/each-text.ts';
import { growsByIt } from '../matrix/requests.ts';
import type { CellContext } from './cell-outcome.ts';
import { type SendSpec, type SentRequest, send } from './send.ts';
import type { Session } from './session.ts';

/** What is sent right before a request. */
type Before = Pick<SendSpec, 'operation' | 'key' | 'variant'> & Partial<SendSpec>;

/** The last pair of requests of each scenario that has begun. */
const pairs = new WeakMap<CellContext, Promise<unknown>>();

/**
 * Sends the request of a cell, and before it the request that the scenario names. One pair at a time, so that nothing
 * of the scenario comes between the two. The second is sent whatever the answer to the first is.
 */
export function sendRightAfter(context: CellContext, spec: SendSpec): Promise<SentRequest> {
  const { session, planned } = context;
  const before = requestBefore(context, spec);
  if (before === undefined) return send(session, spec);
  const pair = async (): Promise<SentRequest> => {
    const first = await send(session, {
      ...before,
      scenario: { id: planned.id, title: planned.scenario.title },
    });
    const sent = await send(session, withVersion(spec, first));
    return inSequence(first, sent);
  };
  const sent = (pairs.get(context) ?? Promise.resolve()).then(pair, pair);
  pairs.set(context, sent);
  return sent;
}

/** Fills in the ETag of the previous answer if a presentation contains `{etag}`. */
function withVersion(spec: SendSpec, { exchange }: SentRequest): SendSpec {
  const { present } = spec;
  if (present === undefined || !JSON.stringify(present).includes('{etag}')) return spec;
  const etag = exchange.response?.headers.find(([name]) => name.toLowerCase() === 'etag')?.[1];
  if (etag === undefined) throw new NotForgeable('the target says no version of its answer (ETag)');
  return { ...spec, present: eachText(present, (text) => text.replaceAll('{etag}', etag)) };
}

/** A failure of the second request needs the first one before it, so the replay line has both. */
export function inSequence(first: SentRequest, second: SentRequest): SentRequest {
  const replay = `${first.record.replay} > /dev/null; ${second.record.replay}`;
  return { ...second, record: { ...second.record, replay } };
}

/**
 * True if a scenario sends something before its request to an operation; requests that would create more and more
 * objects are left out.
 */
export function precedes(preceding: PrecedingRequest, operation: Operation, mode: Mode): boolean {
  if (preceding === 'a refused write') return mode !== 'observe';
  if (preceding === 'a read' || operation.permission === 'read') return true;
  return mode === 'full' && !growsByIt(operation);
}

function requestBefore({ session, planned, keys }: CellContext, spec: SendSpec): Before | undefined {
  const { after, key: role } = planned.scenario;
  const { operation } = spec;
  if (after === undefined || !precedes(after, operation, session.state.options.mode)) return undefined;
  switch (after) {
    case 'the owner':
      return asked(spec, role, session.state.target.keys.write);
    case 'its successor':
      return keys?.successor === undefined ? undefined : asked(spec, role, keys.successor);
    case 'a read':
      return neighbour(session, spec, 'read', 'repeatable');
    case 'a refused write':
      return neighbour(session, spec, 'write', 'valid');
  }
}

/** The same request with another key in place of the credential of the scenario. */
function asked({ present, ...spec }: SendSpec, role: Scenario['key'], key: Key | undefined): Before {
  return { ...spec, key, forge: undefined, present: role === 'none' ? withKey(present) : present };
}

/**
 * A presentation without a key has no place for one, so it goes beside the other headers. A version of the answer is
 * not known yet.
 */
function withKey(present: Presentation | undefined): Presentation | undefined {
  if (present === undefined) return undefined;
  const others = Object.entries(present.headers ?? {}).filter(([, text]) => !text.includes('{etag}'));
  return { ...present, headers: { ...Object.fromEntries(others), Authorization: 'Bearer {key}' } };
}

/** A request with the same key to the operation with the most similar path. */
function neighbour(
  { state }: Session,
  spec: SendSpec,
  permission: Operation['permission'],
  variant: SendSpec['variant'],
): Before | undefined {
  const near = state.operations
    .filter(
      ({ availability, operation }) => availability === 'available' && operation.permission === permission,
    )
    .map(({ operation }) => ({ operation, shared: sharedLength(operation.path, spec.operation.path) }))
    .sort((one, other) => other.shared - one.shared)[0];
  if (near === undefined) return undefined;
  const { key, prepared, baseUrl } = spec;
  return {
    operation: near.operation,
    key,
    variant,
    ...defined({ prepared, baseUrl }),
  };
}

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
