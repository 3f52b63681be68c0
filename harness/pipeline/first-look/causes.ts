import type { Operation } from '../../model.ts';
import { type Sent, send } from '../send.ts';
import type { OperationState } from '../state.ts';
import type { Session } from '../tools.ts';

/** One sentence where nothing can be tested because of what the operations answered, else undefined. */
export function causeOf(operations: readonly OperationState[], baseUrl: string): string | undefined {
  const looked = operations.filter(({ availability }) => availability !== 'unknown');
  const present = looked.filter(({ availability }) => availability !== 'absent');
  const all = (availability: string): boolean =>
    present.length > 0 && present.every((entry) => entry.availability === availability);
  if (looked.length > 0 && present.length === 0) {
    return `${baseUrl} has none of the operations (${looked[0]?.note}); check that MUFI_BASE_URL ends where /v1 begins`;
  }
  if (all('shut-out')) {
    return `every operation refuses MUFI_WRITE_KEY (${present[0]?.note}); either the supplied keys are not keys of this target or it shuts everybody out, which cannot be told apart from here`;
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

/** The same for the read key: refused with 401 by every read operation that takes the write key. */
export async function causeOfReadKey(
  session: Session,
  operations: readonly OperationState[],
): Promise<string | undefined> {
  const key = session.state.target.keys.read;
  const reading: Operation[] = operations
    .filter(({ availability, operation }) => availability === 'available' && operation.permission === 'read')
    .map(({ operation }) => operation);
  if (key === undefined || reading.length === 0) return undefined;
  const answers: Sent[] = await Promise.all(
    reading.map((operation) => send(session, { operation, key, variant: 'repeatable' })),
  );
  if (!answers.every(({ exchange }) => exchange.response?.status === 401)) return undefined;
  return 'every read operation answers MUFI_READ_KEY with 401 although the write key is let in; either it is not a key of this target or the target shuts read keys out, which cannot be told apart from here';
}
