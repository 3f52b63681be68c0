import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Fixture,
  type FixtureSet,
  type FixtureThing,
  isSuccess,
  type JsonValue,
  objectIn,
  type SuppliedRole,
} from '../../model/index.ts';
import { emptyFixture } from '../matrix/fixture-sets.ts';
import { operationThat } from '../matrix/operations/index.ts';
import type { KnownOperation } from '../matrix/operations/known-operation.ts';
import { fillPath } from '../matrix/requests.ts';
import { lastOf, type RepeatedRequest, settled, settledWork } from '../session/repeat.ts';
import { type SentRequest, send } from '../session/send.ts';
import type { Session } from '../session/session.ts';

type Body = Record<string, unknown>;

/** What was found or created, and its project, if the target names it. */
export interface FoundFixture {
  readonly fixture: Fixture;
  readonly projectId: string | undefined;
}

/** Finds what earlier runs left in the target, and creates what is missing unless `mayWrite` is false. */
export async function buildFixture(
  session: Session,
  mayWrite: boolean,
  sent: RepeatedRequest[],
): Promise<FoundFixture> {
  const names = Object.keys(emptyFixture) as (keyof Fixture)[];
  const sets = await Promise.all(
    names.map(
      async (name) =>
        [name, await buildSet(callerOf(session, 'write', sent), emptyFixture[name], mayWrite)] as const,
    ),
  );
  const fixture = Object.fromEntries(sets) as unknown as Fixture;
  return { fixture, projectId: projectOf(sent) };
}

/** The project of an event, if the target names it. */
export function projectOf(sent: readonly RepeatedRequest[]): string | undefined {
  const telling = [operationThat('finds', 'event').id, operationThat('makes', 'event').id];
  const event = sent
    .map(lastOf)
    .find(({ exchange }) => telling.includes(exchange.operation ?? '') && successBody({ exchange }));
  return event === undefined ? undefined : text(successBody(event)?.project_id);
}

/** Sends with a supplied key and returns the body of a success. */
export function callerOf(session: Session, role: SuppliedRole, sent: RepeatedRequest[]): Call {
  return async ({ id }, { body, path = {} }) => {
    const operation = session.state.operations.find((entry) => entry.operation.id === id)?.operation;
    if (operation === undefined) return undefined;
    // What is looked for may be missing.
    const repeat = operation.permission === 'write' ? settledWork : settled;
    const answer = await repeat(session, () =>
      send(session, {
        operation,
        key: session.state.target.keys[role],
        variant: 'repeatable',
        parts: { path: fillPath(operation.path, path, ''), query: [], body, succeeds: true },
      }),
    );
    sent.push(answer);
    return successBody(lastOf(answer));
  };
}

/** Finds one set in the project of the caller, and creates what is missing unless `mayWrite` is false. */
export async function buildSet(call: Call, empty: FixtureSet, mayWrite: boolean): Promise<FixtureSet> {
  const known: FixtureThing[] = [];

  const [users, event] = await Promise.all([
    ensureUsers(call, empty, mayWrite),
    ensureEvent(call, empty, mayWrite),
  ]);
  if (users !== undefined) known.push('user');
  let set: FixtureSet = { ...empty, ...users };
  if (event === undefined) return { ...set, known };
  known.push('event');
  set = { ...set, eventId: String(event.id) };

  const remembered = /product=(\S+)(?: item=(\S+))?/.exec(String(event.description ?? ''));
  const [, productId, itemId] = remembered ?? [];
  const stillThere =
    productId !== undefined && (await find(call, 'product', { ...set, productId })) !== undefined;
  if (stillThere && itemId !== undefined) {
    return { ...set, productId, itemId, known: [...known, 'product', 'item'] };
  }
  if (!mayWrite) return { ...set, ...(stillThere ? { productId } : {}), known };
  const made = await makeProduct(call, set, stillThere ? productId : undefined);
  const things: FixtureThing[] = made.itemId === undefined ? ['product'] : ['product', 'item'];
  return made.productId === undefined
    ? { ...set, known }
    : { ...set, ...made, itemId: made.itemId ?? set.itemId, known: [...known, ...things] };
}

/** Calls one operation; undefined if the target does not implement it or it does not succeed. */
export type Call = (
  operation: KnownOperation,
  request: {
    readonly body?: JsonValue | undefined;
    readonly path?: Readonly<Record<string, string>> | undefined;
  },
) => Promise<Body | undefined>;

/** Finds an object by the name that the set gives it. */
async function find(call: Call, thing: FixtureThing, set: FixtureSet): Promise<Body | undefined> {
  const operation = operationThat('finds', thing);
  return call(operation, {
    path: (operation.pathByReference ?? operation.path)?.(set),
    body: operation.bodies?.valid(set, '') as JsonValue | undefined,
  });
}

/** Creates an object; returns the answer to the first body that the target accepts. */
async function make(call: Call, thing: FixtureThing, set: FixtureSet): Promise<Body | undefined> {
  const operation = operationThat('makes', thing);
  for (const body of operation.makes?.bodies(set) ?? []) {
    const made = await call(operation, { path: operation.path?.(set), body });
    if (made !== undefined) return made;
  }
  return undefined;
}

async function ensureUsers(
  call: Call,
  set: FixtureSet,
  mayWrite: boolean,
): Promise<Pick<FixtureSet, 'userId' | 'secondUserId'> | undefined> {
  const idOf = async (userEmail: string): Promise<string | undefined> =>
    text((await find(call, 'user', { ...set, userEmail }))?.id);
  const emails = [set.userEmail, set.secondUserEmail];
  let [one, two] = await Promise.all(emails.map(idOf));
  if ((one === undefined || two === undefined) && mayWrite) {
    const created = await make(call, 'user', set);
    const looks = created === undefined ? 1 : 4;
    for (let look = 0; look < looks && (one === undefined || two === undefined); look += 1) {
      if (look > 0) await sleep(500);
      [one, two] = await Promise.all(emails.map(idOf));
    }
  }
  return one === undefined || two === undefined ? undefined : { userId: one, secondUserId: two };
}

async function ensureEvent(call: Call, set: FixtureSet, mayWrite: boolean): Promise<Body | undefined> {
  const found = await find(call, 'event', set);
  if (text(found?.id) !== undefined) return found;
  if (!mayWrite) return undefined;
  const made = await make(call, 'event', set);
  // Another run may have created it in the meantime, or the answer was lost.
  const event = text(made?.id) === undefined ? await find(call, 'event', set) : made;
  return text(event?.id) === undefined ? undefined : event;
}

/**
 * Creates a product and an item of it, or only the item if the product was found. The API has no list of products, so
 * the event stores each id as soon as it is known. An interrupted run then leaves nothing that the next run creates
 * again.
 */
export async function makeProduct(
  call: Call,
  set: FixtureSet,
  found?: string,
): Promise<{ productId?: string; itemId?: string }> {
  const productId = found ?? text((await make(call, 'product', set))?.id);
  if (productId === undefined) return {};
  const [issued] = await Promise.all([
    make(call, 'item', { ...set, productId }),
    found === undefined ? remember(call, set, `product=${productId}`) : undefined,
  ]);
  const [item] = Array.isArray(issued?.items) ? (issued.items as Body[]) : [];
  const itemId = text(item?.id);
  if (itemId === undefined) return { productId };
  await remember(call, set, `product=${productId} item=${itemId}`);
  return { productId, itemId };
}

async function remember(call: Call, set: FixtureSet, ids: string): Promise<void> {
  const operation = operationThat('notes', 'event');
  await call(operation, { path: operation.path?.(set), body: operation.notes?.body(set, ids) });
}

function successBody({ exchange: { response } }: Pick<SentRequest, 'exchange'>): Body | undefined {
  if (response === undefined || !isSuccess(response.status)) return undefined;
  return objectIn(response.body);
}

function text(value: unknown): string | undefined {
  // A dot segment in a path would lead elsewhere, and escaping does not prevent that.
  return typeof value === 'string' && !['', '.', '..'].includes(value) ? value : undefined;
}
