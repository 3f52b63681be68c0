import type { Key } from '../../../model/index.ts';
import type { Found } from '../../session/outcome.ts';
import { type SentRequest, statusOf } from '../../session/send.ts';
import type { Session } from '../../session/session.ts';
import { isAccepted, isRefused, type Look, lookAt, type Places, pause } from './looks.ts';

/** How a key changed although nothing was done to it. */
export interface Change {
  readonly key: Key;
  readonly operation: string;
  readonly found: Found;
}

/** Changes that were seen three times, and what was sent to see them. */
export interface Seen {
  readonly after: readonly Look[];
  readonly changes: readonly Change[];
  readonly sent: readonly SentRequest[];
}

const looksAgain = 2;
const againMs = 300;

/** Checks keys after something was done to another key, and again those that seem to have changed. */
export async function lookForChanges(
  session: Session,
  places: Places,
  before: readonly Look[],
  what: string,
): Promise<Seen> {
  const keysOf = (looks: readonly Look[]): Key[] => looks.map(({ key }) => key);
  const after = await lookAt(session, places, keysOf(before));
  let changes = changesBetween(before, after, what);
  const changed = before.filter(({ key }) => changes.some((change) => change.key === key));
  const shown = changes.length === 0 ? after : after.filter(({ key }) => keysOf(changed).includes(key));
  const sent = [...changed, ...shown].flatMap(sentFor);
  for (let time = 0; time < looksAgain && changes.length > 0; time += 1) {
    await pause(session, againMs);
    const again = await lookAt(session, places, keysOf(changed));
    sent.push(...again.flatMap(sentFor));
    const still = changesBetween(changed, again, what);
    changes = changes.filter(({ key, operation }) =>
      still.some((other) => other.key === key && other.operation === operation),
    );
  }
  return { after, changes, sent };
}

function sentFor({ read, write }: Look): SentRequest[] {
  return write === undefined ? [read] : [read, write];
}

function changesBetween(before: readonly Look[], after: readonly Look[], what: string): Change[] {
  return before.flatMap((one) => {
    const other = after.find(({ key }) => key === one.key);
    if (other === undefined) return [];
    const pairs = [[one.read, other.read] as const];
    if (one.write !== undefined && other.write !== undefined) pairs.push([one.write, other.write]);
    return pairs.flatMap(([was, is]) => changeOf(one.key, was, is, what));
  });
}

function changeOf(key: Key, was: SentRequest, is: SentRequest, what: string): Change[] {
  const operation = is.exchange.operation ?? '';
  const statuses = `gets ${statusOf(is)} on ${operation}`;
  const found = (kind: Found['kind'], rest: string): Change[] => [
    {
      key,
      operation,
      found: { kind, message: `after ${what}, ${nameOf(key)} ${statuses}${rest}`, sent: is },
    },
  ];
  if (isAccepted(was) && isRefused(is)) {
    return found('shut-out', `, where it was accepted before (${statusOf(was)})`);
  }
  if (statusOf(was) === 403 && isAccepted(is)) {
    const kind = (statusOf(is) ?? 0) < 300 ? 'let-in' : 'inconsistent';
    return found(kind, ', where it was rejected before (403)');
  }
  return [];
}

/** Supplied keys are named by their variable. */
export function nameOf({ variable, description }: Key): string {
  return variable.startsWith('MUFI_') ? variable : description;
}
