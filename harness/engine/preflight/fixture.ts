import { setTimeout as sleep } from 'node:timers/promises';
import type { Fixture, FixtureSet, FixtureThing, JsonValue, SuppliedRole } from '../../model/index.ts';
import { emptyFixture } from '../matrix/fixture-sets.ts';
import { lastOf, type Repeated, settled } from '../session/repeat.ts';
import { type SentRequest, send } from '../session/send.ts';
import type { Session } from '../session/session.ts';

type Body = Record<string, unknown>;

/** What was found or made, and the project that it belongs to where the target says so. */
export interface FoundFixture {
  readonly fixture: Fixture;
  readonly projectId: string | undefined;
}

/** Finds what earlier runs left in the target, and makes what is missing unless `mayWrite` is false. */
export async function buildFixture(
  session: Session,
  mayWrite: boolean,
  sent: Repeated[],
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

/** The project that an event belongs to, where the target says so. */
export function projectOf(sent: readonly Repeated[]): string | undefined {
  const event = sent
    .map(lastOf)
    .find(({ exchange }) => exchange.operation?.includes('/events/') && successBody({ exchange }));
  return event === undefined ? undefined : text(successBody(event)?.project_id);
}

/** Sends with a supplied key and answers the body of a success. */
export function callerOf(session: Session, role: SuppliedRole, sent: Repeated[]): Call {
  return async (id, body, path) => {
    const operation = session.state.operations.find((entry) => entry.operation.id === id)?.operation;
    if (operation === undefined) return undefined;
    const answer = await settled(session, () =>
      send(session, {
        operation,
        key: session.state.target.keys[role],
        variant: 'repeatable',
        parts: { path: path ?? operation.path, query: [], body, succeeds: true },
      }),
    );
    sent.push(answer);
    return successBody(lastOf(answer));
  };
}

/** Finds one set in the project of the caller, and makes what is missing unless `mayWrite` is false. */
export async function buildSet(call: Call, empty: FixtureSet, mayWrite: boolean): Promise<FixtureSet> {
  const known: FixtureThing[] = [];

  const users = await ensureUsers(call, empty, mayWrite);
  if (users !== undefined) known.push('user');
  let set: FixtureSet = { ...empty, ...users };

  const event = await ensureEvent(call, set, mayWrite);
  if (event === undefined) return { ...set, known };
  known.push('event');
  set = { ...set, eventId: String(event.id) };

  const remembered = /product=(\S+)(?: item=(\S+))?/.exec(String(event.description ?? ''));
  const [, productId, itemId] = remembered ?? [];
  const stillThere =
    productId !== undefined &&
    (await call('GET /v1/products/{id}', undefined, `/v1/products/${productId}`)) !== undefined;
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

/** Calls one operation by its id; undefined where it does not succeed. */
export type Call = (id: string, body?: JsonValue, path?: string) => Promise<Body | undefined>;

async function ensureUsers(
  call: Call,
  set: FixtureSet,
  mayWrite: boolean,
): Promise<Pick<FixtureSet, 'userId' | 'secondUserId'> | undefined> {
  const find = async (email: string): Promise<string | undefined> =>
    text((await call('POST /v1/users/profile', { email }))?.id);
  const emails = [set.userEmail, set.secondUserEmail];
  let [one, two] = await Promise.all(emails.map(find));
  if ((one === undefined || two === undefined) && mayWrite) {
    const created = await call('POST /v1/users/create', [
      { email: set.userEmail, firstName: 'Conformance', lastName: 'One', referenceId: set.userReference },
      { email: set.secondUserEmail, firstName: 'Conformance', lastName: 'Two' },
    ]);
    const looks = created === undefined ? 1 : 4;
    for (let look = 0; look < looks && (one === undefined || two === undefined); look += 1) {
      if (look > 0) await sleep(500);
      [one, two] = await Promise.all(emails.map(find));
    }
  }
  return one === undefined || two === undefined ? undefined : { userId: one, secondUserId: two };
}

async function ensureEvent(call: Call, set: FixtureSet, mayWrite: boolean): Promise<Body | undefined> {
  const path = `/v1/events/${encodeURIComponent(set.eventReference)}`;
  const find = () => call('GET /v1/events/{IdOrReferenceId}', undefined, path);
  const found = await find();
  if (text(found?.id) !== undefined) return found;
  if (!mayWrite) return undefined;
  const made = await call('POST /v1/events/create', {
    name: `Conformance ${set.label}`,
    start_date: 1_900_000_000,
    end_date: 1_900_003_600,
    location: 'Nowhere',
    address: '1 Conformance Street',
    description: 'Fixture of mufi-auth-conformance.',
    reference_id: set.eventReference,
  });
  // Somebody else may have made it in the meantime, or the answer was lost.
  const event = text(made?.id) === undefined ? await find() : made;
  return text(event?.id) === undefined ? undefined : event;
}

/**
 * Makes a product and an item of it, or only the item of a product that was found. Nothing in the API lists products:
 * the event remembers each id as soon as it is known, so that a run that is cut short leaves nothing to be made again.
 */
export async function makeProduct(
  call: Call,
  set: FixtureSet,
  found?: string,
): Promise<{ productId?: string; itemId?: string }> {
  const productId = found ?? (await createProduct(call, set));
  if (productId === undefined) return {};
  if (found === undefined) await remember(call, set, `product=${productId}`);
  const issued = await call(
    'POST /v1/products/{id}/items',
    { product_id: productId, users: [set.userId] },
    `/v1/products/${encodeURIComponent(productId)}/items`,
  );
  const [item] = Array.isArray(issued?.items) ? (issued.items as Body[]) : [];
  const itemId = text(item?.id);
  if (itemId === undefined) return { productId };
  await remember(call, set, `product=${productId} item=${itemId}`);
  return { productId, itemId };
}

async function remember(call: Call, set: FixtureSet, ids: string): Promise<void> {
  const description = `Fixture of mufi-auth-conformance. ${ids}`;
  await call('PUT /v1/events/update', { id: set.eventId, reference_id: set.eventReference, description });
}

/** Redeemable as often as the target allows, so that later runs can use the item again. */
async function createProduct(call: Call, set: FixtureSet): Promise<string | undefined> {
  const product = {
    type: 'perks',
    name: `Conformance ${set.label}`,
    event_id: set.eventId,
    is_transferable: true,
  };
  for (const quantity of [1_000_000, 1_000, undefined]) {
    const limit = quantity === undefined ? {} : { redemption_quantity: quantity };
    const productId = text((await call('POST /v1/products', { ...product, ...limit }))?.id);
    if (productId !== undefined) return productId;
  }
  return undefined;
}

function successBody({ exchange: { response } }: Pick<SentRequest, 'exchange'>): Body | undefined {
  if (response === undefined || response.status < 200 || response.status >= 300) return undefined;
  try {
    const value: unknown = JSON.parse(response.body);
    return typeof value === 'object' && value !== null ? (value as Body) : undefined;
  } catch {
    return undefined;
  }
}

function text(value: unknown): string | undefined {
  // A dot segment in a path would lead elsewhere, and no escape keeps it from that.
  return typeof value === 'string' && !['', '.', '..'].includes(value) ? value : undefined;
}
