import { isSuccess, type Key, type Operation, type Permission } from '../../model/index.ts';
import { namesKnownThings } from '../matrix/requests.ts';
import { type Sent, send, statusOf } from '../session/send.ts';
import type { Session } from '../session/session.ts';
import type { OperationState } from '../session/session-state.ts';

/** One sentence where nothing can be tested because of what the operations answered, else undefined. */
export async function causeOf(
  session: Session,
  operations: readonly OperationState[],
): Promise<string | undefined> {
  const cause = causeOfAnswers(operations, session.state.baseUrl);
  const looked = operations.filter(({ availability }) => !['unknown', 'absent'].includes(availability));
  const isDead = looked.every(
    ({ availability, note }) => availability === 'shut-out' && note?.includes('401'),
  );
  const { read } = session.state.target.keys;
  if (cause === undefined || looked.length === 0 || !isDead || read === undefined) return cause;
  const reading = looked.map(({ operation }) => operation).filter(({ permission }) => permission === 'read');
  const answers = await Promise.all(
    reading.map((operation) => send(session, { operation, key: read, variant: 'repeatable' })),
  );
  return answers.some(succeeded) ? dead('write', 'every operation', 'MUFI_READ_KEY') : cause;
}

function causeOfAnswers(operations: readonly OperationState[], baseUrl: string): string | undefined {
  const looked = operations.filter(({ availability }) => availability !== 'unknown');
  const present = looked.filter(({ availability }) => availability !== 'absent');
  const all = (availability: string): boolean =>
    present.length > 0 && present.every((entry) => entry.availability === availability);
  if (looked.length > 0 && present.length === 0) {
    return `${baseUrl} has none of the operations (${looked[0]?.note}); check that MUFI_BASE_URL ends where /v1 begins`;
  }
  if (all('shut-out')) {
    return `every operation refuses MUFI_WRITE_KEY (${present[0]?.note}); ${likely('the target shuts everybody out')}`;
  }
  if (all('broken')) {
    return `no operation answers the untouched write key properly (${present[0]?.note}), so a refusal would prove nothing; check MUFI_BASE_URL and the log of the target`;
  }
  const odd = present.find(({ unlike }) => unlike !== undefined);
  const hopeless = present.every((entry) => entry.unlike !== undefined || entry.availability === 'broken');
  if (odd?.unlike !== undefined && hopeless) {
    return `no operation answers like an API: success comes with ${odd.unlike} in place of a JSON document; check that MUFI_BASE_URL is the API and not a web page or a proxy in front of it`;
  }
  const writing = present.filter(({ operation }) => operation.permission === 'write');
  const forbidden = writing.filter(({ note }) => note?.includes('403'));
  if (writing.length > 1 && forbidden.length === writing.length) {
    return 'every write operation answers MUFI_WRITE_KEY with 403; either it is a read key or the target shuts writers out, which cannot be told apart from here';
  }
  return undefined;
}

/** The same for the read key: refused by every read operation that takes the write key, or blind to what that finds. */
export async function causeOfReadKey(
  session: Session,
  operations: readonly OperationState[],
): Promise<string | undefined> {
  const { read, write } = session.state.target.keys;
  const reading: Operation[] = operations
    .filter(({ availability, operation }) => availability === 'available' && operation.permission === 'read')
    .map(({ operation }) => operation);
  if (read === undefined || reading.length === 0) return undefined;
  const ask = (key: Key | undefined, asked: readonly Operation[]): Promise<Sent[]> =>
    Promise.all(asked.map((operation) => send(session, { operation, key, variant: 'repeatable' })));
  const answers = await ask(read, reading);
  if (answers.every(({ exchange }) => exchange.response?.status === 401)) {
    return dead('read', 'every read operation', 'MUFI_WRITE_KEY');
  }
  const naming = reading.filter((operation) => namesKnownThings(operation, session.state.fixture.main));
  const found = (asked: readonly Operation[]) =>
    answers.filter(({ exchange }) => asked.some(({ id }) => id === exchange.operation));
  const letIn = found(reading.filter((operation) => !naming.includes(operation))).some(succeeded);
  const blind = naming.length > 1 && found(naming).every(foundNothing);
  // Asked again only where it matters: a target that finds nothing for anybody is another matter.
  if (!letIn || !blind || !(await ask(write, naming)).every(succeeded)) return undefined;
  return 'MUFI_READ_KEY seems to belong to another project than MUFI_WRITE_KEY: it is let in and finds nothing of what the write key finds; give both keys of one project';
}

/** Another key works, so it is this one; only a new one can tell a dead key from a target that denies all of its kind. */
function dead(permission: Permission, where: string, other: string): string {
  return `MUFI_${permission.toUpperCase()}_KEY is refused with 401 by ${where} while ${other} is accepted: the ${permission} key is expired, revoked or regenerated; make a new one, and if that is refused as well, the target denies access to ${permission} keys`;
}

/** What explains that a key is refused everywhere, the likeliest first. */
function likely(otherwise: string): string {
  return `either that key is expired, revoked or regenerated, or it is no key of this target, or ${otherwise}, which cannot be told apart from here`;
}

function succeeded(sent: Sent): boolean {
  return isSuccess(statusOf(sent));
}

/** Neither a success nor a word about the key itself. */
function foundNothing({ exchange: { response } }: Sent): boolean {
  return response !== undefined && [400, 404, 410, 422].includes(response.status);
}
