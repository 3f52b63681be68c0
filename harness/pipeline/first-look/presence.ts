import { lastOf, settled } from '../repeat.ts';
import { type Sent, send } from '../send.ts';
import type { OperationState } from '../state.ts';
import type { Session } from '../tools.ts';

/** A path that no operation has. */
export const madeUpPath = '/v1/conformance-made-up-path';

/** What says nothing about whether there is an operation: no key, no such path, no such method. */
const saysNothing = [401, 403, 404, 405, 501];

/**
 * Where what an operation needs could not be made, its 404 to the write key may mean that thing. It is only believed
 * to be absent if it answers an invalid body, and a request without a key, no other way than a missing one would: a
 * hole in an operation that nobody can use must not hide behind a 404.
 */
export async function withHidden(
  session: Session,
  states: readonly OperationState[],
): Promise<OperationState[]> {
  return Promise.all(states.map((state) => (isDoubtful(state) ? believed(session, state) : state)));
}

function isDoubtful({ availability, operation }: OperationState): boolean {
  return availability === 'absent' && operation.source === 'documented';
}

async function believed(session: Session, state: OperationState): Promise<OperationState> {
  const { operation } = state;
  const { write } = session.state.target.keys;
  const ask = async (spec: Pick<Parameters<typeof send>[1], 'key' | 'variant' | 'path'>): Promise<Sent> => {
    return lastOf(await settled(session, () => send(session, { operation, ...spec })));
  };
  const [bare, bareElsewhere] = await Promise.all(
    [undefined, madeUpPath].map((path) =>
      ask({ key: undefined, variant: 'repeatable', ...(path === undefined ? {} : { path }) }),
    ),
  );
  const unkeyed = statusOf(bare);
  const elsewhere = statusOf(bareElsewhere);
  const { note: _note, ...rest } = state;
  const there: OperationState = { ...rest, availability: 'available' };
  if (unkeyed !== elsewhere && !isSilent(unkeyed)) return there;
  if (unkeyed === 404 && elsewhere !== 404) {
    const note = `${state.note}, and without a key with 404, where a path that does not exist is answered ${elsewhere}: it may be there`;
    return { ...state, availability: 'broken', note };
  }
  if (!operation.takesBody) return state;
  const invalid = statusOf(await ask({ key: write, variant: 'invalid' }));
  const invalidElsewhere = statusOf(await ask({ key: write, variant: 'invalid', path: madeUpPath }));
  return invalid === invalidElsewhere || isSilent(invalid) ? state : there;
}

function isSilent(status: number | undefined): boolean {
  return status === undefined || saysNothing.includes(status);
}

function statusOf(sent: Sent | undefined): number | undefined {
  return sent?.exchange.response?.status;
}
